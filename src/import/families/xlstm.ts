/** xLSTM 7B: memories of matrices, and a gated FFN. The model code has a last norm and an untied head whatever its flags say. */
import { decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { block, gatedFfn, norms } from '../parts.ts'

export const xlstm: Family = {
  defaults: {
    vocab_size: 50304,
    hidden_size: 4096,
    num_hidden_layers: 32,
    num_heads: 8,
    qk_dim_factor: 0.5,
    v_dim_factor: 1,
    ffn_proj_factor: 2.667,
    ffn_round_up_to_multiple_of: 64,
    chunk_size: 64,
    // No position is turned or stored.
    max_position_embeddings: 8192,
  },
  build: (c) => {
    c.ignore(...costless)
    const d_model = c.count('hidden_size')
    const n_heads = c.count('num_attention_heads', c.count('num_heads', 8))
    if (c.flag('use_bias'))
      throw c.unsupported('use_bias', 'is set; biases, which norms then have too, are not modelled')
    const mixer = block('mlstm', {
      n_heads,
      d_k: Math.floor((d_model * c.number('qk_dim_factor')) / n_heads),
      d_v: Math.floor((d_model * c.number('v_dim_factor')) / n_heads),
      scan_chunk: c.count('chunk_size'),
    })
    const multiple = c.count('ffn_round_up_to_multiple_of')
    const width = multiple * Math.ceil((d_model * c.number('ffn_proj_factor')) / multiple)
    return decoder(c, preNorm(norms.rms, mixer, gatedFfn(c, { width })), { tied: false })
  },
}

const costless = [
  'add_out_norm',
  'tie_word_embeddings',
  'autocast_kernel_dtype',
  'chunkwise_kernel',
  'embedding_dim',
  'gate_soft_cap',
  'inference_state_dtype',
  'max_inference_chunksize',
  'mode',
  'norm_reduction_force_float32',
  'num_blocks',
  'output_logit_soft_cap',
  'return_last_states',
  'sequence_kernel',
  'step_kernel',
  'weight_mode',
]
