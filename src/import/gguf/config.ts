/** The facts of a GGUF file as the config.json that its model was saved with: a line for each architecture. */
import { ArchcostError } from '../../architecture/errors.ts'
import { didYouMean } from '../../formulas/index.ts'
import type { Facts } from './facts.ts'
import { hybrids } from './hybrids.ts'

type Config = Record<string, unknown>

/** Architectures of GGUF files -> a family's `model_type`, and what it says in keys of its own. */
const architectures: Readonly<Record<string, (f: Facts) => Config>> = {
  llama: (f) =>
    f.number('expert_count')
      ? { model_type: 'mixtral', ...experts(f), ...widthOf(f) }
      : { model_type: 'llama', ...biases(f) },
  mistral3: () => ({ model_type: 'ministral3' }),
  qwen2: () => ({ model_type: 'qwen2' }),
  qwen2moe: (f) => ({
    model_type: 'qwen2_moe',
    ...experts(f),
    moe_intermediate_size: f.number('expert_feed_forward_length'),
    shared_expert_intermediate_size: f.number('expert_shared_feed_forward_length'),
  }),
  qwen3: () => ({ model_type: 'qwen3' }),
  qwen3moe: (f) => ({
    model_type: 'qwen3_moe',
    ...experts(f),
    moe_intermediate_size: f.number('expert_feed_forward_length'),
  }),
  gemma: () => ({ model_type: 'gemma' }),
  gemma2: () => ({ model_type: 'gemma2' }),
  gemma3: () => ({ model_type: 'gemma3_text' }),
  phi2: () => ({ model_type: 'phi' }),
  phi3: () => ({ model_type: 'phi3' }),
  phimoe: (f) => ({
    model_type: 'phimoe',
    ...experts(f),
    ...biases(f),
    lm_head_bias: f.has('output.bias'),
  }),
  deepseek2: latent,
  'gpt-oss': (f) => ({ model_type: 'gpt_oss', ...experts(f), ...widthOf(f) }),
  smollm3: () => ({ model_type: 'smollm3' }),
  seed_oss: (f) => ({
    model_type: 'seed_oss',
    ...biases(f),
    attention_out_bias: f.has('blk.0.attn_output.bias'),
  }),
  granite: () => ({ model_type: 'granite' }),
  granitemoe: (f) => ({ model_type: 'granitemoe', ...experts(f), ...widthOf(f) }),
  olmo: () => ({ model_type: 'olmo' }),
  olmo2: () => ({ model_type: 'olmo2' }),
  olmoe: (f) => ({ model_type: 'olmoe', ...experts(f) }),
  glm4: (f) => ({ model_type: 'glm4', ...biases(f) }),
  glm4moe: (f) => ({
    model_type: 'glm4_moe', ...experts(f), ...biases(f), use_qk_norm: f.has('blk.0.attn_q_norm.weight'), n_shared_experts: f.number('expert_shared_count'),
    first_k_dense_replace: f.number('leading_dense_block_count'), moe_intermediate_size: f.number('expert_feed_forward_length'),
  }), // prettier-ignore
  starcoder2: () => ({ model_type: 'starcoder2' }),
  stablelm: (f) => ({
    model_type: 'stablelm',
    use_qkv_bias: f.has('blk.0.attn_q.bias'),
    use_parallel_residual: f.lacks('blk.0.ffn_norm.weight'),
  }),
  'command-r': (f) => ({ model_type: 'cohere', use_qk_norm: f.has('blk.0.attn_q_norm.weight') }),
  cohere2: () => ({ model_type: 'cohere2' }),
  nemotron: () => ({ model_type: 'nemotron' }),
  internlm2: () => ({ model_type: 'internlm2' }),
  exaone4: () => ({ model_type: 'exaone4' }),
  gpt2: () => ({ model_type: 'gpt2' }),
  gptneox: (f) => ({
    model_type: 'gpt_neox',
    use_parallel_residual: true,
    rotary_pct: turnedShare(f),
  }),
  falcon: (f) => ({
    model_type: 'falcon',
    new_decoder_architecture: f.has('blk.0.attn_norm_2.weight'),
    multi_query: f.number('attention.head_count_kv') === 1,
    parallel_attn: true,
    bias: f.has('blk.0.attn_qkv.bias'),
    num_kv_heads: f.number('attention.head_count_kv'),
  }),
  bloom: () => ({ model_type: 'bloom' }),
  mpt: () => ({ model_type: 'mpt' }),
  ...hybrids,
  mamba: (f) => ({
    model_type: 'mamba',
    state_size: f.number('ssm.state_size'),
    conv_kernel: f.number('ssm.conv_kernel'),
    time_step_rank: f.number('ssm.time_step_rank'),
    expand: f.needed('ssm.inner_size') / f.needed('embedding_length'),
  }),
}

/** @throws ArchcostError `unsupported` with the architecture */
export function configOf(f: Facts): Config {
  const { architecture } = f
  const own = Object.hasOwn(architectures, architecture) ? architectures[architecture] : undefined
  if (!own) {
    throw new ArchcostError(
      'unsupported',
      `the GGUF architecture ${architecture.slice(0, 60)} is not read${didYouMean(architecture, Object.keys(architectures))}; use the config.json of the model`,
      'general.architecture',
    )
  }
  const said = own(f)
  const others = Object.entries(shared).filter(([key]) => !Object.hasOwn(said, key))
  // What is undefined is as if it were not there.
  return JSON.parse(
    JSON.stringify({
      ...Object.fromEntries(others.map(([key, read]) => [key, read(f)])),
      ...said,
    }),
  ) as Config
}

/** Modules for tokens further on are counted as layers. */
const layersOf = (f: Facts): number =>
  f.needed('block_count') - (f.number('nextn_predict_layers') ?? 0)

/** What families read under the same names; one that says a key itself is not asked twice. */
const shared: Readonly<Record<string, (f: Facts) => unknown>> = {
  vocab_size: (f) => f.vocabulary,
  hidden_size: (f) => f.needed('embedding_length'),
  num_hidden_layers: layersOf,
  intermediate_size: (f) => f.number('feed_forward_length') || undefined,
  num_attention_heads: (f) => f.number('attention.head_count') || undefined,
  num_key_value_heads: (f) => f.number('attention.head_count_kv') || undefined,
  head_dim: (f) => f.number('attention.key_length'),
  max_position_embeddings: (f) => f.number('context_length'),
  rope_theta: (f) => f.number('rope.freq_base'),
  rope_scaling: scaling,
  partial_rotary_factor: turnedShare,
  sliding_window: (f) => f.number('attention.sliding_window'),
  tie_word_embeddings: (f) => f.lacks('output.weight'),
}

/** Turned dimensions over those of a head, where not all are turned. */
function turnedShare(f: Facts): number | undefined {
  const turned = f.number('rope.dimension_count')
  const heads = f.number('attention.head_count')
  const size =
    f.number('attention.key_length') ?? (heads ? f.needed('embedding_length') / heads : undefined)
  return turned === undefined || size === undefined || turned === size ? undefined : turned / size
}

function scaling(f: Facts): Config | undefined {
  const type = f.text('rope.scaling.type')
  if (type === undefined || type === 'none' || type === 'longrope') return byFactors(f)
  return {
    rope_type: type,
    factor: f.number('rope.scaling.factor'),
    original_max_position_embeddings: f.number('rope.scaling.original_context_length'),
  }
}

/** Scalings that a file holds as divisors of the frequencies: for short and long contexts, or the same for all. */
function byFactors(f: Facts): Config | undefined {
  const all = f.factors('all')
  const [short, long] = [f.factors('short') ?? all, f.factors('long') ?? all]
  if (short === undefined || long === undefined) return undefined
  return {
    rope_type: 'longrope',
    short_factor: short,
    long_factor: long,
    attention_factor: f.number('rope.scaling.attn_factor') ?? (all === undefined ? undefined : 1),
    original_max_position_embeddings:
      f.number('rope.scaling.original_context_length') ?? f.number('context_length'),
  }
}

const experts = (f: Facts): Config => ({
  num_local_experts: f.number('expert_count'),
  num_experts_per_tok: f.number('expert_used_count'),
})

/** Families whose experts have the width of the network. */
const widthOf = (f: Facts): Config => ({
  intermediate_size: f.number('expert_feed_forward_length') ?? f.number('feed_forward_length'),
})

const biases = (f: Facts): Config => ({
  attention_bias: f.has('blk.0.attn_q.bias'),
  ...(f.has('blk.0.ffn_gate.bias') && { mlp_bias: true }),
})

/** Files say the sizes of the cache, and in newer ones apart from them those of the heads. */
function latent(f: Facts): Config {
  const d_rope = f.needed('rope.dimension_count')
  const key = f.number('attention.key_length_mla') ?? f.needed('attention.key_length')
  return {
    // Sigmoid scores came with the third version; sizes and counts say the rest.
    model_type: f.number('expert_gating_func') === 2 ? 'deepseek_v3' : 'deepseek_v2',
    ...experts(f),
    head_dim: undefined,
    partial_rotary_factor: undefined,
    num_key_value_heads: f.number('attention.head_count'),
    q_lora_rank: f.number('attention.q_lora_rank') ?? null,
    kv_lora_rank: f.needed('attention.kv_lora_rank'),
    qk_rope_head_dim: d_rope,
    qk_nope_head_dim: key - d_rope,
    v_head_dim: f.number('attention.value_length_mla') ?? f.needed('attention.value_length'),
    moe_intermediate_size: f.number('expert_feed_forward_length'),
    n_shared_experts: f.number('expert_shared_count'),
    first_k_dense_replace: f.number('leading_dense_block_count'),
  }
}
