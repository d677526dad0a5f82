/** What the mixer of a layer does and keeps besides its weights, from their shapes and what the metadata says. */
import type { BlockUse } from '../../architecture/schema.ts'
import { splitName } from '../verify/index.ts'
import type { Counted } from './counted.ts'
import type { Known } from './known.ts'

export interface Core {
  uses: BlockUse[]
  /** Why it is not known what the layer keeps. */
  unknown: string | null
  /** The layer carries a state on. */
  recurrent: boolean
  attends: boolean
}

/** The last word of each matrix of attention, as GGUF and published checkpoints call them. */
const words = {
  query: /^(attn_q|q_proj\w*|q_lin|wq|query|q)$/,
  key: /^(attn_k|k_proj\w*|k_lin|wk|key|k)$/,
  value: /^(attn_v|v_proj\w*|v_lin|wv|value|v)$/,
  joint: /^(attn_qkv|qkv_proj|c_attn|Wqkv|query_key_value|W_pack|wqkv|qkv|in_proj_qkv|att_proj)$/,
  output: /^(attn_output|attn_out|attn_o|o_proj|out_lin|out_proj|wo|o|dense|c_proj|attention_output)$/,
  latent: /^(attn_kv_a_mqa|kv_a_proj_with_mqa)$/,
  expanded_query: /^(attn_q_b|q_b_proj)$/,
  expansion: /^(attn_kv_b|kv_b_proj)$/,
  indexer_query: /^indexer\.(attn_q_b|wq_b)$/,
  indexer_key: /^indexer\.(attn_k|wk)$/,
} as const // prettier-ignore

/** Marks of a layer that carries a state on. */
const carries = /(^|\.)(ssm_(conv1d|in|a|x|alpha|ba|beta)|time_mix\w*|shortconv|short_conv|A_log|[qkv]_conv1d|conv1d|time_(decay|maa)\w*|conv\.conv)(\.|_|$)/ // prettier-ignore

/** What such a layer calls a key is of its state. */
const receives = /(^|\.)(time_mix\w*|time_decay\w*|time_maa\w*)(\.|$)/

const moduleOf = ({ inside }: Counted): string => {
  const { module, own } = splitName(inside)
  return own === 'weight' || own === 'qweight' ? module : inside
}

/** @param layers in which keys and values of the model stand; a layer that shares them takes the widths of the last such */
export function coreOf(
  layer: number,
  here: readonly Counted[],
  known: Known,
  d_model: number,
  cross: boolean,
): Core {
  const recurrent =
    known.recurrent?.(layer) === true || here.some(({ inside }) => carries.test(inside))
  const heads = known.heads(layer)
  const find = (kind: keyof typeof words): Counted | undefined =>
    here.find((each) => {
      const path = moduleOf(each).replace(/\.base_layer$/, '')
      const word = kind.startsWith('indexer') ? path.replace(/^.*?(indexer\.)/, '$1') : (path.split('.').at(-1) ?? '') // prettier-ignore
      const crosses = /cross|EncDec|encoder_attn/.test(path)
      return each.use !== 'vector' && each.part !== 'norm' && crosses === cross && isOfAttention(path, kind) && words[kind].test(word) // prettier-ignore
    })
  const out = (of: Counted | undefined): number | undefined => of && outOf(of, d_model)
  const latent = find('latent')
  if (latent) return latentCore(here, known, heads, { latent, find, out })
  const no_keys =
    heads.n_kv_heads === 0 ||
    known.recurrent?.(layer) === true ||
    here.some(({ inside }) => receives.test(inside))
  const joint = find('joint')
  const attends = !no_keys && (find('key') !== undefined || (joint !== undefined && !recurrent))
  const uses: BlockUse[] = []
  let unknown: string | null = null
  if (recurrent && !cross) {
    const carried = stateOf(here, known)
    if (carried === null)
      unknown = `the header does not say how large the state of layer ${layer} is`
    else uses.push({ block: 'recurrent-core', name: 'recurrent', ...carried })
  }
  if (attends) {
    const seen = cross ? {} : known.window(layer)
    if (typeof seen === 'string') unknown = seen
    const widths = widthsOf({ find, out, joint, heads })
    if (widths === null)
      unknown = `the widths of queries, keys and values of layer ${layer} are not known` // prettier-ignore
    else
      uses.push({
        block: 'attention-core',
        name: cross ? 'cross' : 'attention-core',
        ...widths,
        ...(typeof seen !== 'string' && seen),
        ...(cross && { over_source: true }),
      })
  } else if (!cross && !no_keys && find('query') !== undefined && !recurrent) {
    const seen = known.window(layer)
    const q_width = widthOf(heads.n_heads, heads.d_head) ?? out(find('query'))!
    const k_width = widthOf(heads.n_kv_heads, heads.d_head) ?? 0
    if (typeof seen === 'string') unknown = seen
    else
      uses.push({
        block: 'attention-core', name: 'attention-core', q_width, k_width,
        v_width: widthOf(heads.n_kv_heads, heads.d_v ?? heads.d_head) ?? 0, kv_shared: true, ...seen,
      }) // prettier-ignore
  }
  return { uses, unknown, recurrent, attends: uses.some(({ block }) => block !== 'recurrent-core') }
}

/** Words such as `dense` and `c_proj` stand in the feed-forward network too. */
const isOfAttention = (path: string, kind: keyof typeof words): boolean =>
  kind !== 'output' || !/ffn|mlp|feed_?forward|intermediate|ssm|mamba|(^|\.)output/i.test(path.replace(/attn_output|attention_output/, '')) // prettier-ignore

/** The side of a matrix that is not the width of the model; some checkpoints turn them. */
function outOf({ tensor }: Counted, d_model: number): number | undefined {
  if (!/^(F|BF|Q|IQ|MX|NV|TQ)\d*/.test(tensor.dtype)) return undefined
  const [out, into] = tensor.shape
  return into === d_model || out !== d_model ? out : into
}

const widthOf = (n: number | undefined, size: number | undefined): number | undefined =>
  n !== undefined && size !== undefined ? n * size : undefined

interface Parts {
  find: (kind: keyof typeof words) => Counted | undefined
  out: (of: Counted | undefined) => number | undefined
  joint?: Counted | undefined
  heads: { n_heads?: number | undefined; n_kv_heads?: number | undefined; d_head?: number | undefined; d_v?: number | undefined } // prettier-ignore
}

function widthsOf({ find, out, joint, heads }: Parts): Record<string, number> | null {
  const { n_heads, n_kv_heads, d_head, d_v = d_head } = heads
  const from_output = out(find('output'))
  const q_said = widthOf(n_heads, d_head)
  const together = joint && out(joint)
  const rest = together === undefined ? undefined : together - (q_said ?? from_output ?? NaN)
  // What a joint matrix makes beside queries, where keys and values are alike.
  const half = rest !== undefined && rest >= 0 && d_v === d_head ? rest / 2 : undefined
  const k_width = out(find('key')) ?? half ?? widthOf(n_kv_heads, d_head)
  const v_width = out(find('value')) ?? half ?? widthOf(n_kv_heads, d_v) ?? k_width
  const queries = out(find('query'))
  // Twice as wide where a gate is made with them.
  const q_width =
    queries !== undefined && queries === from_output
      ? queries
      : (q_said ?? (joint ? from_output : queries))
  const o_width = from_output ?? widthOf(n_heads, d_v) ?? q_width
  const all = { q_width, o_width, k_width, v_width }
  const isWidth = (width: number | undefined): boolean => Number.isSafeInteger(width) && width! >= 0
  return Object.values(all).every(isWidth) ? (all as Record<string, number>) : null
}

/** Of latent attention all sizes follow from the shapes, but where a quantiser packed them. */
function latentCore(
  here: readonly Counted[],
  { latent: said = {}, sparse }: Known,
  heads: Parts['heads'],
  { latent, find, out }: Pick<Parts, 'find' | 'out'> & { latent: Counted },
): Core {
  const norm = here.find(({ inside }) => /kv_a_(layer)?norm/.test(inside))
  const rank = said.rank ?? norm?.weights
  const d_rope = said.rope ?? (rank === undefined ? undefined : out(latent)! - rank)
  const queries = out(find('expanded_query')) ?? out(find('query'))
  const values = out(find('output'))
  const expansion = out(find('expansion'))
  const from_shapes = queries === undefined || values === undefined || expansion === undefined || !d_rope ? undefined : (queries - (expansion - values)) / d_rope // prettier-ignore
  const n_heads = heads.n_heads ?? from_shapes
  const d_v = said.value ?? (n_heads && values ? values / n_heads : undefined)
  const key = said.key ?? (n_heads && queries ? queries / n_heads : undefined)
  const d_nope = key === undefined || d_rope === undefined ? undefined : key - d_rope
  const sizes = { n_heads, kv_lora_rank: rank, d_nope, d_rope, d_v }
  const complete = Object.values(sizes).every((size) => Number.isSafeInteger(size) && size! >= 0)
  if (!complete) return { uses: [], unknown: 'the sizes of the latents are not known', recurrent: false, attends: true } // prettier-ignore
  const index_key = out(find('indexer_key'))
  const index: BlockUse[] = index_key === undefined ? [] : [{ block: 'attention-core', name: 'indexer', q_width: out(find('indexer_query')) ?? index_key, o_width: 0, k_width: index_key, v_width: 0 }] // prettier-ignore
  const top_k = index.length > 0 && sparse?.top_k ? { top_k: sparse.top_k } : {}
  return {
    uses: [{ block: 'latent-core', name: 'latent-core', ...sizes, ...top_k }, ...index],
    unknown: null,
    recurrent: false,
    attends: true,
  }
}

/** The state as the metadata says it, or as its transition matrix shows; columns as filters have them. */
function stateOf(here: readonly Counted[], { state }: Known): Record<string, number> | null {
  const filters = here.filter(({ use }) => use === 'filter')
  const all_columns = filters.reduce((sum, { weights }) => sum + weights, 0)
  // A convolution looks back over all columns but the newest.
  const columns = filters.reduce(
    (sum, { tensor, weights }) => sum + weights - weights / (tensor.shape.at(-1) ?? 1),
    0,
  )
  const transition = here.find(({ inside, tensor }) => /(ssm_a|A_log)$/.test(inside) && tensor.shape.filter((size) => size > 1).length > 1) // prettier-ignore
  const of_convolution = here.some(({ inside }) => /short_?conv|(^|\.)conv\.conv/.test(inside))
  const size = of_convolution ? 0 : (state?.state ?? transition?.weights)
  if (size === undefined) return null
  return state?.columns === undefined
    ? { state: size, columns, ...(all_columns > 0 && { all_columns }) }
    : { state: size, columns: state.columns }
}
