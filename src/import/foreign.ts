/** Keys that name a mechanism which a plain transformer does not have, by the words in them. */
import { isObject } from './values.ts'

/** What a mechanism is -> the words of keys that name it; between underscores, as regular expressions. */
const mechanisms: readonly (readonly [mechanism: string, words: string])[] = [
  [
    'a state space, a recurrence or linear attention',
    'ssm|mamba\\d?|rwkv\\d?|s4d?|s5|hyena|retnet|retention|lru|gla|gsa|kda|gated_delta|delta|delta_?net|hgrn\\d?|[xms]lstm|wkv|state_size|state_dim|d_state|time_step|time_step_\\w+|dt_rank|time_mix|linear_(attn|attention|layers?|num|key|value|conv|state)\\w*|lightning|recurrent|attn_mode|feature_map|expand_[kv]|use_g[kv]|use_output_gate|gate_logit_normalizer|forget_gate|decay_\\w+|num_slots',
  ],
  ['a convolution', 'conv\\d?d?|convs|convolutions?|d_conv|short_conv|sconv|canon'],
  ['a mixture of experts', 'moe|moes|moa|experts?|routers?|routed|residual_moe'],
  [
    'layers that are run again',
    'ut|ut_steps|loops?|looped|n_loops?|recur\\w*|repeats?|repeated|iterations?|n_iters?|num_iters?|unroll\\w*|cycles|halt\\w*|ponder\\w*|early_exit|prelude|coda',
  ],
  [
    'weights, keys or values that are shared',
    'share|shared|shares|sharing|reuse|reused|cla|cross_layer|tied?|tying|mem_blocks|kv_shared?',
  ],
  [
    'layers that differ',
    'per_layer|layer_?wise|(attn|attention|expert|ffn|mlp|layer|dense|sparse)s?(_\\w+)?_(period|offset|freq|frequency|interval|pattern|every\\w*|ids?|idxs?)|block_types?|block_configs?|layers_block_type|layer_block_types?|attention_types|attention_layers|full_attn_idxs|hybrid\\w*|layers_per_block|global_attn\\w*|depth_scal\\w*',
  ],
  [
    'a memory or tokens of its own',
    'memory|memories|mem_\\w+|meta_tokens|memory_tokens|register_tokens|landmarks?|engram|ngrams?|knn|retriev\\w*',
  ],
  [
    'tokens that pass layers by',
    'mod|mixture_of_depths?|capacity_factor|skip_layers?|layer_skip|depth_rout\\w*',
  ],
  [
    'matrices of low rank',
    '\\w*lora_rank|low_rank|rank|lora_r|factorized\\w*|factorised\\w*|kv_lora|qk_(nope|rope)_head_dim|compress_ratios?|share_q_dim',
  ],
  [
    'attention of another kind',
    'index_topk|index_n_heads|index_head_dim|indexer|attention_chunk_size|attention_k_eq_v|global_head_dim|num_global_key_value_heads|moba|nsa|dsa|sparse_attention|sparse_attn|sparse_block|differential|diff_attn|lambda_std_dev|cca|lsh|hash\\w*|linformer|performer|nystrom\\w*|keep_window_size|attention_window_size|relative_attention\\w*|pos_att_type|position_buckets|d_rel|rel_extent|router_hidden_size',
  ],
  [
    'an encoder or cross-attention',
    'encoder_layers|decoder_layers|num_encoder_layers|num_decoder_layers|is_encoder_decoder|cross_attention_layers|cross_attn|type_vocab_size',
  ],
  [
    'streams or tables beside the residual',
    'altup|laurel|hidden_size_per_layer_input|vocab_size_per_layer_input|hc|mhc|hyper|hyper_connections?|residual_streams|ple|emb_neighbor|zero_experts?|gated_norm',
  ],
  [
    'norms or paths in other places',
    'norm_after|post_norm|post_layernorm|sandwich\\w*|deepnorm|parallel_attn|parallel_attention|parallel_residual|attention_layer_norm|sub_?norm',
  ],
]

const patterns = mechanisms.map(
  ([mechanism, words]) => [mechanism, new RegExp(`(^|_)(${words})(_|$)`)] as const,
)

/** Words of how a model is stored, run or trained, whatever else stands in the key. */
const howRun =
  /(^|_)(impl|implementation|backend|kernels|dtype|precision|bits?|quant\w*|int[48]|fp[48]|nf4|awq|gptq|fused?|flash|efficient|checkpointing|parallelism|cache_\w+|init|initializer|loss|coef|jitter|noise|dropout|eps|epsilon|temperature|token_ids?|scaling_factor)(_|$)/

/** Another width of the table than of the model: a table of low rank, or other rows. */
const tableWidth = /^(embedding_size|embed(ding)?_dim|emb_dim|d_emb|word_embed_proj_dim)$/

/** Longer ones are cut: the patterns take the square of a key's length. */
const longestKey = 200

/** Null, false, 0, 1 for a number of times, and an empty list say that the mechanism is not there. */
const isOff = (value: unknown): boolean =>
  value === null ||
  value === false ||
  value === 0 ||
  value === 1 ||
  (Array.isArray(value) && value.length === 0)

/** One entry for each layer, or objects, which describe layers or groups of them. */
const listsLayers = (list: readonly unknown[], shape: Shape | undefined): boolean =>
  shape !== undefined &&
  ((list.length > 1 && list.length === shape.n_layers) || list.some(isObject))

export interface Shape {
  d_model: number | null
  n_layers: number | null
}

/**
 * What a key says that a model has beyond a plain transformer; null where it says nothing of the kind.
 * @param shape of the model, so far as it is known
 */
export function foreignMechanism(said: string, value: unknown, shape?: Shape): string | null {
  const key = said.slice(0, longestKey)
  if (isOff(value) || howRun.test(key)) return null
  if (tableWidth.test(key) && shape)
    return value === shape.d_model ? null : 'a table of another width'
  if (Array.isArray(value) && listsLayers(value, shape)) return 'layers that differ'
  return patterns.find(([, pattern]) => pattern.test(key))?.[0] ?? null
}
