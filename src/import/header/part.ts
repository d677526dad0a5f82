/** What of a model a tensor is part of, and how it is used, by rules on its name: the first that fits. */
import { splitName, type Tensor } from '../verify/index.ts'

/** A role of parameters, norms among them. */
export type Part =
  | 'embedding'
  | 'position'
  | 'attention'
  | 'ffn'
  | 'experts'
  | 'shared_experts'
  | 'router'
  | 'norm'
  | 'state'
  | 'head'
  | 'other'

/** A matrix is multiplied with tokens, a filter runs along them, a table is looked up; a vector is none of these. */
export type Use = 'matrix' | 'source_matrix' | 'filter' | 'vector' | 'norm' | 'table'

/** Of the last word of a name without `.weight` or `.bias`: `attn_q`, `A_log`, `q_norm`. */
const byWord: readonly (readonly [word: RegExp, part: Part])[] = [
  [/norm|^ln\d*(_|$)|^(pre|post)_ln|layernorm|^ln_/i, 'norm'],
  [/^(attn_rel_b|cross_attn_rel_b|relative_attention_bias|rel_pos\w*|position_embd|wpe)$/, 'position'],
  [/^(position_embeddings|embed_positions|pos_emb\w*|attn_rot_embd)$/, 'position'],
  [/^(ffn_gate_inp|router|gate_inp|altup_router|modality_router|wg)$/, 'router'],
  [/^head$/, 'head'],
  [/^ssm_|^time_|^(A_log|dt_bias|dt_proj|x_proj|conv1d|[qkv]_conv1d|b_proj|f_[ab]_proj|g_[ab]_proj|D)$/, 'state'],
] // prettier-ignore

/** Of the whole name after the layer's number, or of all of it outside of layers. */
const byName: readonly (readonly [name: RegExp, part: Part])[] = [
  [/(^|\.)[qkvo]_proj\./, 'attention'],
  [/shexp|shared_?experts?|share_expert|shared_mlp/, 'shared_experts'],
  [/_exps|_chexps|(^|\.)(\w+_)?experts(\.|_|$)|(^|\.)moe\.(up|gate|down|linear)|block_sparse_moe\.\w+put_linear/, 'experts'],
  [/(^|\.)router(\.|$)|(^|\.)gate(\.(wg|weight|bias))?$|gate_inp/, 'router'],
  [/(^|\.)(shortconv|short_conv|conv|mamba|ssm|linear_attn|temporal_block|time_mix\w*|recurrent\w*)\./, 'state'],
  [/attn|attention|(^|[._])(q|k|v|o|qkv)_?(proj|lin|bias)?\.|wqkv|(^|\.)w[qkv]\.|indexer|(^|\.)att\./i, 'attention'],
  [/ffn|mlp|feed_?forward|ff_(out|proj)|(^|\.)(fc|wi|wo|w|lin|linear|up|down|gate|intermediate|output|dense|channel_mix)(_?\d+)?[._]|(up|down|gate)_proj/i, 'ffn'],
  [/mixer\./, 'state'],
] // prettier-ignore

/** Values that stand in two dimensions and are no matrix, by the last word. */
const noMatrix =
  /^(ssm_a|A_log|ssm_d|D|time_(mix_)?(lerp|maa|decay|first|faaaa|a0|v0|w0|r_k|k_k|k_a)\w*|channel_mix_lerp\w*|attn_sinks|sinks|\w*_coefs?|\w*_scale|scale_shift_table|\w*lerp\w*)$/
const filter = /conv/i
/** A matrix with one row. */
const gate = /^(shared_expert_gate|ffn_gate_inp_shexp)$/
const table = /^(token_types|token_type_embeddings|per_layer_token_embd|embed_tokens_per_layer|position\w*|wpe|embed_positions|pos_emb\w*|\w*rel_b|relative_attention_bias|class_embd|token_embd\w*|embed_tokens)$/ // prettier-ignore
/** Multiplied with what an encoder hands over. */
const ofSource = /cross_attn_[kv]$|EncDecAttention\.[kv]$|encoder_attn\.[kv]_proj$/

/**
 * @param inside the name after the layer's number; the whole name outside of layers
 * @param place where it stands outside of layers
 */
export function partOf(
  tensor: Tensor,
  inside: string,
  place: 'layer' | 'embedding' | 'head' | 'rest',
): { part: Part; use: Use } {
  const { module, own } = splitName(inside)
  const path = own === 'weight' || own === 'bias' || own === 'qweight' ? module : inside
  const word = path.split('.').at(-1) ?? ''
  const by_word = fitting(byWord, word)
  const part =
    place === 'embedding' || (place === 'head' && by_word !== 'norm')
      ? place
      : (ofFeedForward(path, by_word) ??
        by_word ??
        (place === 'layer' ? fitting(byName, inside) : null) ??
        'other')
  return { part, use: howUsed(tensor, part, word, path, own) }
}

/** What mixes a token with the one before it stands in the feed-forward network too. */
const ofFeedForward = (path: string, part: Part | null): Part | null =>
  part === 'state' && /feed_forward|ffn|channel_mix/.test(path) ? 'ffn' : null

const fitting = (rules: readonly (readonly [RegExp, Part])[], text: string): Part | null =>
  rules.find(([rule]) => rule.test(text))?.[1] ?? null

function howUsed({ shape }: Tensor, part: Part, word: string, path: string, own: string): Use {
  if (part === 'norm') return 'norm'
  // Sizes of one are added by some writers.
  const dimensions = shape.filter((size) => size > 1).length
  if (own === 'weight' && gate.test(word)) return 'matrix'
  if (/(^|_)bias$/.test(own) || dimensions < 2 || noMatrix.test(word)) return 'vector'
  if (part === 'embedding' || table.test(word)) return 'table'
  if (filter.test(word)) return 'filter'
  return ofSource.test(path) ? 'source_matrix' : 'matrix'
}
