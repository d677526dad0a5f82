/** What the keys of a GGUF file say in the same words for every architecture. */
import type { Known, Seen } from '../header/known.ts'
import type { GgufHeader, GgufValue } from './header.ts'
import { isWindowed, windowPatterns } from './windows.ts'

export function knownFrom({ values }: GgufHeader, architecture: string, name?: string): Known {
  const read: Record<string, unknown> = {}
  const value = (key: string): GgufValue | undefined => {
    const said = values.get(`${architecture}.${key}`)
    if (said !== undefined) read[`${architecture}.${key}`] = asJson(said)
    return said
  }
  /** Of a layer, where it is said for each; the last one goes on. */
  const number = (key: string, layer = 0): number | undefined => {
    const said = value(key)
    const one = Array.isArray(said) ? ((said as readonly GgufValue[])[layer] ?? said.at(-1)) : said
    return typeof one === 'number' ? one : undefined
  }
  const flag = (key: string): boolean | undefined => {
    const said = value(key)
    return typeof said === 'boolean' ? said : undefined
  }
  const d_model = number('embedding_length')
  const blocks = number('block_count')
  const nextn = number('nextn_predict_layers') ?? 0
  const n_heads = (layer: number): number | undefined => number('attention.head_count', layer)
  const seenBy = windows(value, architecture)
  const interval = number('full_attention_interval')
  return {
    name: name ?? architecture,
    model_type: architecture,
    role: flag('attention.causal') === false ? 'encoder' : undefined,
    d_model,
    max_context: number('context_length'),
    n_layers: blocks === undefined ? undefined : blocks - nextn,
    n_experts: number('expert_count') || undefined,
    top_k: number('expert_used_count') || undefined,
    heads: (layer) => {
      const heads = n_heads(layer)
      const windowed = typeof seenBy(layer) === 'object' && 'window' in (seenBy(layer) as Seen)
      const suffix = windowed && value('attention.key_length_swa') !== undefined ? '_swa' : ''
      const d_head = number(`attention.key_length${suffix}`) ?? (heads && d_model ? d_model / heads : undefined) // prettier-ignore
      const kv = interval !== undefined && (layer + 1) % interval !== 0 ? 0 : number('attention.head_count_kv', layer) // prettier-ignore
      return {
        n_heads: heads || undefined,
        n_kv_heads: kv ?? heads,
        d_head,
        d_v: number(`attention.value_length${suffix}`) ?? d_head,
      }
    },
    latent: {
      rank: number('attention.kv_lora_rank'),
      rope: number('rope.dimension_count'),
      key: number('attention.key_length_mla') ?? number('attention.key_length'),
      value: number('attention.value_length_mla') ?? number('attention.value_length'),
    },
    sparse: { top_k: number('attention.indexer.top_k') },
    window: seenBy,
    state: stateOf(number, d_model, n_heads(0)),
    shared_kv_layers: number('attention.shared_kv_layers'),
    read,
    notes: [],
  }
}

/** As a report can hold it: JSON knows neither Infinity nor NaN. */
const asJson = (value: GgufValue): unknown =>
  typeof value === 'number' && !Number.isFinite(value)
    ? String(value)
    : Array.isArray(value)
      ? (value as readonly GgufValue[]).map(asJson)
      : value

/**
 * The numbers that a recurrent layer carries on, as llama.cpp reserves them; columns of convolutions follow from the filters.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/src/llama-hparams.cpp n_embd_s, n_embd_r
 */
function stateOf(
  number: (key: string) => number | undefined,
  d_model: number | undefined,
  n_heads: number | undefined,
): Known['state'] {
  const head_size = number('wkv.head_size')
  if (head_size && d_model)
    return {
      state: d_model * head_size,
      columns: (number('token_shift_count') ?? 2) * d_model,
    }
  const kda = number('kda.head_dim')
  if (kda && n_heads) return { state: kda * kda * n_heads }
  const [size, inner] = [number('ssm.state_size'), number('ssm.inner_size')]
  return size && inner ? { state: size * inner } : undefined
}

function windows(
  value: (key: string) => GgufValue | undefined,
  architecture: string,
): Known['window'] {
  if (value('attention.compress_ratios') !== undefined)
    return () =>
      'keys are kept compressed (attention.compress_ratios), which no metadata says in full'
  if (Number(value('num_loops') ?? 1) > 1)
    return () => 'layers are passed through several times (num_loops)'
  const said = value('attention.sliding_window')
  const known = Object.hasOwn(windowPatterns, architecture) ? windowPatterns[architecture] : undefined // prettier-ignore
  const chunk = known?.chunk
  if (!chunk && (typeof said !== 'number' || said <= 0)) return () => ({})
  const seen: Seen = chunk ? { chunk } : { window: said as number }
  const pattern = value('attention.sliding_window_pattern')
  if (Array.isArray(pattern)) return (layer) => (pattern[layer] ? seen : {})
  const period = typeof pattern === 'number' ? pattern : known?.period
  if (period === undefined)
    return () =>
      `the header says a window of ${said as number} tokens, and not which layers of ${architecture.slice(0, 60)} have it`
  return (layer) => (isWindowed(layer, period, known?.full_first) ? seen : {})
}
