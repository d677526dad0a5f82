/** Architectures of GGUF files whose layers differ, as the config.json that their model was saved with. */
import type { Facts } from './facts.ts'

type Config = Record<string, unknown>

const layersOf = (f: Facts): number =>
  f.needed('block_count') - (f.number('nextn_predict_layers') ?? 0)

const experts = (f: Facts): Config => ({
  num_local_experts: f.number('expert_count'),
  num_experts_per_tok: f.number('expert_used_count'),
  moe_intermediate_size: f.number('expert_feed_forward_length'),
})

/** Full where the pattern of windows says so. */
const layerTypes = (f: Facts): string[] | undefined =>
  f
    .perLayer('attention.sliding_window_pattern', layersOf(f))
    ?.map((slides) => (slides ? 'sliding_attention' : 'full_attention'))

function deltaNet(f: Facts): Config {
  const n_v_heads = f.needed('ssm.time_step_rank')
  return {
    linear_num_key_heads: f.needed('ssm.group_count'),
    linear_num_value_heads: n_v_heads,
    linear_key_head_dim: f.needed('ssm.state_size'),
    linear_value_head_dim: f.needed('ssm.inner_size') / n_v_heads,
    linear_conv_kernel_dim: f.needed('ssm.conv_kernel'),
    full_attention_interval: f.number('full_attention_interval') ?? 4,
    mtp_num_hidden_layers: f.number('nextn_predict_layers'),
  }
}

const sharedExpert = (f: Facts): Config => ({
  shared_expert_intermediate_size: f.number('expert_shared_feed_forward_length'),
})

/** Layers without key-value heads are short convolutions. */
function shortConvolutions(f: Facts): Config {
  const heads = f.perLayer('attention.head_count_kv', layersOf(f))?.map(Number) ?? []
  return {
    num_key_value_heads: heads.find((each) => each > 0),
    layer_types: heads.map((each) => (each > 0 ? 'full_attention' : 'conv')),
    conv_L_cache: f.needed('shortconv.l_cache'),
    block_auto_adjust_ff_dim: false,
  }
}

/** Windowed and full layers have heads of their own; fewer heads in full layers mean that values are the keys there. */
function gemma4(f: Facts): Config {
  const types = layerTypes(f)
  const heads = f.perLayer('attention.head_count_kv', layersOf(f))?.map(Number) ?? []
  const of = (type: string): number | undefined => heads[types?.indexOf(type) ?? 0]
  const [local, full] = [of('sliding_attention'), of('full_attention')]
  const widths = f.perLayer('feed_forward_length', layersOf(f))?.map(Number) ?? []
  const d_per_layer = f.number('embedding_length_per_layer_input') ?? 0
  return {
    model_type: 'gemma4_text',
    layer_types: types,
    head_dim: f.number('attention.key_length_swa') ?? f.needed('attention.key_length'),
    global_head_dim: f.needed('attention.key_length'),
    num_key_value_heads: local ?? full,
    ...(local !== full && { attention_k_eq_v: true, num_global_key_value_heads: full }),
    intermediate_size: widths.length === 0 ? undefined : Math.min(...widths),
    ...(widths.some((each) => each !== widths[0]) && { use_double_wide_mlp: true }),
    num_kv_shared_layers: f.number('attention.shared_kv_layers') ?? 0,
    hidden_size_per_layer_input: d_per_layer,
    vocab_size_per_layer_input: d_per_layer > 0 ? f.rows('per_layer_token_embd.weight') : undefined,
    ...(f.number('expert_count') && { enable_moe_block: true, ...experts(f) }),
    // Full layers turn a quarter of a head, and the rest by an angle of nothing.
    partial_rotary_factor: undefined,
    rope_theta: undefined,
    rope_parameters: {
      sliding_attention: {
        rope_type: 'default',
        rope_theta: f.number('rope.freq_base_swa') ?? 10_000,
      },
      full_attention: {
        rope_type: 'proportional',
        partial_rotary_factor: 0.25,
        rope_theta: f.number('rope.freq_base') ?? 1_000_000,
      },
    },
  }
}

export const hybrids: Readonly<Record<string, (f: Facts) => Config>> = {
  qwen3next: (f) => ({
    model_type: 'qwen3_next',
    ...deltaNet(f),
    ...experts(f),
    ...sharedExpert(f),
  }),
  qwen35: (f) => ({ model_type: 'qwen3_5_text', ...deltaNet(f) }),
  qwen35moe: (f) => ({
    model_type: 'qwen3_5_moe_text',
    ...deltaNet(f),
    ...experts(f),
    ...sharedExpert(f),
  }),
  lfm2: (f) => ({ model_type: 'lfm2', ...shortConvolutions(f) }),
  lfm2moe: (f) => ({
    model_type: 'lfm2_moe',
    ...shortConvolutions(f),
    ...experts(f),
    num_dense_layers: f.number('leading_dense_block_count'),
  }),
  gemma3n: (f) => ({
    model_type: 'gemma3n_text',
    layer_types: layerTypes(f),
    hidden_size_per_layer_input: f.number('embedding_length_per_layer_input'),
    vocab_size_per_layer_input: f.rows('per_layer_token_embd.weight'),
    altup_num_inputs: f.number('altup.num_inputs'),
    num_kv_shared_layers: f.number('attention.shared_kv_layers'),
  }),
  gemma4,
}
