/** What a config.json says in keys that most families use, of a model whose tensors are listed. */
import { isObject } from '../values.ts'
import type { Known, Seen } from './known.ts'

type Config = Record<string, unknown>

/** A config may hold the language model's apart. */
const inner = ['text_config', 'language_config', 'llm_config', 'text_model_config', 'thinker_config'] // prettier-ignore

/** Keys of what stands in every family, the usual one first. */
const keys = {
  d_model: ['hidden_size', 'd_model', 'n_embd', 'dim', 'model_dim'],
  n_layers: ['num_hidden_layers', 'n_layer', 'n_layers', 'num_layers', 'num_transformer_layers'],
  max_context: ['max_position_embeddings', 'n_positions', 'max_seq_len', 'max_sequence_length', 'seq_length', 'n_ctx', 'model_max_length', 'max_context_length'],
  n_heads: ['num_attention_heads', 'n_head', 'n_heads', 'num_heads'],
  n_kv_heads: ['num_key_value_heads', 'num_kv_heads', 'n_head_kv', 'multi_query_group_num'],
  d_head: ['head_dim', 'kv_channels', 'attention_head_dim'],
  d_v: ['v_head_dim', 'value_head_dim'],
  n_experts: ['num_local_experts', 'num_experts', 'n_routed_experts', 'moe_num_experts', 'num_moe_experts'],
  top_k: ['num_experts_per_tok', 'num_experts_per_token', 'moe_k', 'moe_top_k', 'moe_topk', 'experts_per_token', 'top_k_experts', 'num_selected_experts'],
  rank: ['kv_lora_rank'],
  rope: ['qk_rope_head_dim'],
  nope: ['qk_nope_head_dim'],
  sparse: ['index_topk'],
  window: ['sliding_window', 'sliding_window_size', 'attention_window_size', 'local_window_size', 'local_attention'],
  chunk: ['attention_chunk_size'],
  d_state: ['mamba_d_state', 'ssm_state_size', 'state_size'],
  d_inner: ['mamba_d_ssm', 'd_inner', 'mamba_intermediate_size'],
  mamba_heads: ['mamba_num_heads', 'mamba_n_heads'],
  mamba_head: ['mamba_head_dim', 'mamba_d_head'],
  expand: ['mamba_expand', 'expand'],
  value_heads: ['linear_num_value_heads'],
  key_size: ['linear_key_head_dim'],
  value_size: ['linear_value_head_dim'],
} as const // prettier-ignore

export function knownFromConfig(config: unknown, name: string): Known {
  const outer = isObject(config) ? (config as Config) : null
  const text = outer && textOf(outer)
  const read: Record<string, unknown> = {}
  const value = (some: readonly string[]): unknown => {
    const key = text && some.find((each) => Object.hasOwn(text, each) && text[each] !== null)
    if (!text || key === undefined || key === null) return undefined
    read[key] = text[key]
    return text[key]
  }
  const number = (which: keyof typeof keys): number | undefined => {
    const said = value(keys[which])
    return typeof said === 'number' && Number.isSafeInteger(said) && said >= 0 ? said : undefined
  }
  const [d_model, n_heads] = [number('d_model'), number('n_heads')]
  const model_type = value(['model_type'])
  const d_head = number('d_head') ?? (d_model && n_heads && d_model % n_heads === 0 ? d_model / n_heads : undefined) // prettier-ignore
  const [rope, nope] = [number('rope'), number('nope')]
  const n_kv_heads = number('n_kv_heads') ?? (value(['multi_query']) === true ? 1 : undefined)
  return {
    name,
    model_type: typeof model_type === 'string' ? model_type : undefined,
    role: isEncoder(outer) ? 'encoder' : undefined,
    scores: builtBy(outer).includes('MaskedLM'),
    d_model,
    max_context: number('max_context') || undefined,
    n_layers: number('n_layers'),
    n_experts: number('n_experts') || undefined,
    top_k: number('top_k') || undefined,
    // Widths that tensors show are not asked of the config, whose heads may differ from layer to layer.
    heads: () => ({ n_heads, n_kv_heads, d_head, d_v: number('d_v') }),
    latent: {
      rank: number('rank'),
      rope,
      key: rope !== undefined && nope !== undefined ? rope + nope : undefined,
      value: number('d_v'),
    },
    sparse: { top_k: number('sparse') },
    window: text ? windows(number, value) : () => 'a header says nothing of windows; give the config.json beside it', // prettier-ignore
    recurrent: carriers(value),
    state: stateOf(number, d_model),
    read,
    notes: [],
  }
}

function textOf(config: Config, depth = 0): Config {
  const place = inner.find((key) => Object.hasOwn(config, key) && isObject(config[key]))
  return place === undefined || depth > 3 ? config : textOf(config[place] as Config, depth + 1)
}

/** The class that a config names. */
function builtBy(config: Config | null): string {
  const classes = config?.['architectures']
  return Array.isArray(classes) ? String(classes[0]) : ''
}

const isEncoder = (config: Config | null): boolean =>
  /MaskedLM|EncoderModel|(Sequence|Token)Classification|QuestionAnswering/.test(builtBy(config))

/** Layers that the config calls by something else than attention. */
function carriers(value: (keys: readonly string[]) => unknown): (layer: number) => boolean {
  const types = value(['layer_types', 'layers_block_type', 'block_types'])
  const named = Array.isArray(types) ? types.map(String) : []
  return (layer) => /linear|mamba|recurrent|conv|retention|rwkv/.test(named[layer] ?? '')
}

type Numbers = (which: keyof typeof keys) => number | undefined

function stateOf(number: Numbers, d_model: number | undefined): Known['state'] {
  const [heads, key, size] = [number('value_heads'), number('key_size'), number('value_size')]
  if (heads && key && size) return { state: heads * key * size }
  const [mamba_heads, mamba_head] = [number('mamba_heads'), number('mamba_head')]
  const [d_state, expand] = [number('d_state'), number('expand')]
  const d_inner = mamba_heads && mamba_head ? mamba_heads * mamba_head : (number('d_inner') ?? (expand && d_model ? expand * d_model : undefined)) // prettier-ignore
  return d_state && d_inner ? { state: d_state * d_inner } : undefined
}

/** Which keys a layer sees, where the config lists its layers or has no windows. */
function windows(number: Numbers, value: (keys: readonly string[]) => unknown): Known['window'] {
  const [window, chunk] = [number('window'), number('chunk')]
  const types = value(['layer_types'])
  const named = Array.isArray(types) ? types.map(String) : null
  if (value(['use_sliding_window']) === false || (!window && !chunk)) return () => ({})
  if (!named)
    return () =>
      `the config says a window of ${(window || chunk)!} tokens, and not which layers have it (layer_types)`
  return (layer): Seen => {
    const type = named[layer] ?? ''
    if (type.includes('chunked') && chunk) return { chunk }
    return /sliding|local|window/.test(type) && window ? { window } : {}
  }
}
