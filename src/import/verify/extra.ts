/** What checkpoints store beside the parameters that are counted, known by name. */
import { splitName, type Tensor } from './tensor.ts'

export type Extra = 'mtp' | 'tower' | 'scale' | 'buffer' | 'pretraining_head'

/** Why it is no parameter of the model as it is counted. */
export const extraWords: Readonly<Record<Extra, string>> = {
  mtp: 'multi-token prediction module, which the model does not need to run',
  tower: 'vision or audio tower and its projector; the text model alone is computed',
  scale: 'scales and other side values of quantised weights',
  buffer: 'buffers: values that are stored but not trained',
  pretraining_head: 'pooler and next-sentence head of the pre-training model',
}

const towers =
  /(^|\.)(vision|visual|vision_\w+|\w*vision_tower|vit|image_\w+|img_\w+|audio|audio_\w+|speech_\w+|multi_modal_projector|mm_projector|embed_vision|embed_audio|vision_embed_tokens|conformer)(\.|$)|^(v|a|mm|resampler)\.|(^|\.)vis_(attn_\w+|gate|up|down)\./
const buffers =
  /(^|\.)(inv_freq|masked_bias|position_ids|num_batches_tracked|e_score_correction_bias|expert_bias|final_logits_bias|slope_rate|query_decay|key_decay|diagonal_decay|attention_mask|causal_mask|original_inv_freq|rope_freqs\.weight|rope_factors_(long|short)\.weight|exp_probs_b(\.bias)?)$|rotary_emb\.\w+$/
const scales =
  /(^|[._])(weight_scale|weight_scale_inv|weight_scale_2|input_scale|output_scale|k_scale|v_scale|q_scale|weight_global_scale|input_global_scale|weight_zero_point|input_zero_point|weight_shape|weight_g_idx|scales|qzeros|g_idx|absmax|quant_map|nested_absmax|nested_quant_map|SCB|weight_format|scale_inv)$|(_scales)$|quant_state\.|^blk\.\d+\.(attn_\w+|ffn_(gate|up|down))\.(input_)?scale$/

/**
 * What kind of extra a tensor is; null for a parameter.
 * @param layers of the stack that a layer's number is counted in
 */
export function extraOf(tensor: Tensor, layer: number | null, layers: number): Extra | null {
  const { name, shape } = tensor
  const { own } = splitName(name)
  if (towers.test(name)) return 'tower'
  if (
    /(^|\.)mtp(_\w+|\.|$)|(^|\.)(nextn|multi_token)\w*\./.test(name) ||
    (layer !== null && layer >= layers)
  )
    return 'mtp'
  if (scales.test(name)) return 'scale'
  if (buffers.test(name)) return 'buffer'
  // Causal masks are square and called a bias.
  if (own === 'bias' && shape.length === 4 && shape[2] === shape[3]) return 'buffer'
  if (/(^|\.)(pooler\.|cls\.seq_relationship)/.test(name)) return 'pretraining_head'
  return null
}
