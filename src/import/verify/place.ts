/** Where a tensor belongs, by its name: a layer and a group in it, the embedding, the head, or the rest. */
import { splitName } from './tensor.ts'

export type Group = 'mixer' | 'ffn' | 'norms' | 'other'
export const groups: readonly Group[] = ['mixer', 'ffn', 'norms', 'other']

export type Place =
  | {
      of: 'layer'
      stack: 'encoder' | 'decoder' | null
      layer: number
      group: Group
      /** The name after the layer's number. */
      inside: string
    }
  | { of: 'embedding' | 'head' | 'rest' }

/** `model.layers.3.`, `transformer.h.3.`, `encoder.block.3.`, `blk.3.`, `albert_layer_groups.0.` */
const inLayer = /(?:^|\.)(?:\w*layers?|\w*layer_groups|h|blocks?|blk)\.(\d+)\.(.*)$/s

export function placeOf(name: string): Place {
  const match = inLayer.exec(name)
  if (match) {
    const before = name.slice(0, match.index)
    const stack = /(^|\.)(encoder|enc)($|\.)/.test(before)
      ? 'encoder'
      : /(^|\.)(decoder|dec)($|\.)/.test(before)
        ? 'decoder'
        : null
    return {
      of: 'layer',
      stack,
      layer: Number(match[1]),
      group: groupOf(match[2]!),
      inside: match[2]!,
    }
  }
  if (
    /(^|\.)(lm_head|embed_out|output)(\.\w+)?$|lm_head|(^|\.)cls\.predictions\.(decoder|bias)|vocab_projector|generator_lm_head/.test(
      name,
    )
  )
    return { of: 'head' }
  if (
    /embed_tokens|(^|\.)wte\.|word_embeddings|tok_embeddings|token_embd|(^|\.)shared\.weight$|embed_in\.|(^|\.)embeddings?\.weight$/.test(
      name,
    ) &&
    !/norm|per_layer/i.test(name)
  )
    return { of: 'embedding' }
  return { of: 'rest' }
}

const innerNorm = /(^|[._])(q|k|v|kv_a|q_a|query|key|dt|b|c|ssm)_?(layer)?norm/i

/** By the first module inside the layer; a norm inside attention or a state space is part of it. */
function groupOf(inside: string): Group {
  const path = inside.replace(/^(layer|\w*layers)\.\d+\./, '')
  const { module } = splitName(path)
  const last = module.split('.').at(-1) ?? ''
  const first = path.split('.')[0] ?? ''
  if (
    /layer_?norm$|^ln|_norm$|^norm\d*$|rmsnorm/i.test(last) &&
    !innerNorm.test(module) &&
    (module === first || last.endsWith('LayerNorm'))
  )
    return 'norms'
  if (
    /mlp|ffn|feed_?forward|moe|expert|intermediate|DenseReluDense|^output$|^fc\d|^gate|channel_mix|^dense_/i.test(
      first,
    )
  )
    return 'ffn'
  if (
    /att|attn|mixer|mamba|ssm|time_?mix|temporal|recurrent|conv|retention|^self|^[qkvo]_|query_key|lin_|^q$|^k$|^v$|^o$/i.test(
      first,
    )
  )
    return 'mixer'
  return 'other'
}
