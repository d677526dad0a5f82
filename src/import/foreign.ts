/** Keys that name a mechanism which a plain transformer does not have. */

const patterns: readonly RegExp[] = [
  /^(ssm|mamba|rwkv|s4|s5|hyena|retnet|retention|lru|gla|kda|gated_delta|delta|xlstm|mlstm|slstm)_/,
  /^(state_size|d_state|time_step_rank|time_step_|dt_rank|conv_kernel|d_conv|conv_L_cache|conv_bias|conv_dim|time_mix|wkv)/,
  /^(attn_layer_(period|offset)|expert_layer_(period|offset)|full_attn_idxs|full_attention_interval|hybrid_|block_types?$|block_configs$|layers_block_type|layer_block_types?)/,
  /^(linear_|lightning_|conv_|recurrent_|lru_width|attention_window_size|layers_per_block)/,
  /^(kv_lora_rank|q_lora_rank|qk_(nope|rope)_head_dim|compress_ratio|index_(topk|n_heads|head_dim)|indexer)/,
  /^(num_kv_shared_layers|cla_|use_cla$|kv_share|cross_layer|share_layers|num_mem_blocks|hybrid_layer_ids|use_shared_)/,
  /^(altup|laurel|hidden_size_per_layer_input|vocab_size_per_layer_input|hc_|hyper_|mhc_)/,
  /^(mod_|mixture_of_depths|capacity_factor|num_recurrences|recurrence|n_loops|loop_)/,
  /^(encoder_layers|decoder_layers|num_encoder_layers|num_decoder_layers|is_encoder_decoder$|relative_attention|cross_attention_layers|cross_attn)/,
  /^(attention_chunk_size|attention_k_eq_v|global_head_dim|num_global_key_value_heads|moba_|nsa_|sparse_attention|dsa_|attention_types$|attention_layers$)/,
  /^(sconv_|d_rel$|rel_extent|cca_|router_hidden_size|share_q_dim|ngram_|emb_neighbor|ple_|engram)/,
  /^(lambda_std_dev|keep_window_size|pos_att_type|position_buckets|sparse_block|gated_norm)/,
  /^(zero_expert|moe_latent_size|moa_|use_mixed_mlp_moe|moe_layer_freq$)/,
]

/** Null, false, 0 and an empty list say that the mechanism is not there. */
const isOff = (value: unknown): boolean =>
  value === null || value === false || value === 0 || (Array.isArray(value) && value.length === 0)

export const namesForeignMechanism = (key: string, value: unknown): boolean =>
  !isOff(value) && patterns.some((pattern) => pattern.test(key))
