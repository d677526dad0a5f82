/** Keys of a config that say nothing about what a model costs. */

/** Where it comes from, how it is saved and run. */
const saving = `
  _name_or_path name_or_path architectures auto_map transformers_version torch_dtype dtype model_type
  _commit_hash custom_pipelines license language library_name
  torchscript use_bfloat16 fp16 bf16 fp32 use_flash_attn use_flash_attention _attn_implementation
  attn_implementation _flash_attn_2_enabled _attn_implementation_autoset attn_impl use_cache use_cache_quantization
  use_cache_kernel cache_implementation gradient_checkpointing pretraining_tp tensor_parallel_degree
  ep_size tp_size pp_size init_device verbose kernel_options onnx_safe softmax_in_fp32 no_cache
  for_llm_compressor  use_logn_attn is_quantized unsloth_fixed unsloth_version
  base_model_tp_plan base_model_pp_plan base_model_ep_plan
`

/** How it is trained. */
const training = `
  initializer_range initializer_factor initializer_std init_std init_method rescale_every
  label_smoothing layerdrop encoder_layerdrop decoder_layerdrop router_aux_loss_coef aux_loss_alpha
  aux_loss_coef seq_aux index_share_for_mtp_iteration router_z_loss_coef z_loss_coefficient output_router_logits
  router_jitter_noise input_jitter_noise moe_capacity moe_gate moe_use_aux_free moe_norm_min
  moe_loss_weight embedding_fraction mup_enabled
`

/** Scales, limits and how choices are made: elementwise work at most. */
const scales = `
  attn_logit_softcapping final_logit_softcapping logit_scale logits_scaling logit_softcap
  query_pre_attn_scalar scale_attn_weights scale_attn_by_inverse_layer_idx
  scale_attention_softmax_in_fp32 attention_softmax_in_fp32 reorder_and_upcast_attn
  apply_query_key_layer_scaling masked_softmax_fusion bias_dropout_fusion slow_but_exact
  skip_bias_add skip_bias_add_qkv offset_alibi embedding_multiplier attention_multiplier
  residual_multiplier scale_emb scale_depth dim_model_base scale_embedding clip_qkv swiglu_limit
  swiglu_alpha norm_topk_prob normalize_router_prob n_group topk_group num_expert_group topk_method
  scoring_func score_function routed_scaling_factor rope_interleave rope_interleaved
  indexer_rope_interleave rotary
  position_embedding_type llama_4_scaling_beta norm_type layer_norm_type mlp_type
  apply_residual_connection_post_layernorm use_parallel_block use_parallel_embedding
  use_gated_activation use_embedding_sharing order_of_interleaved_layers layer_switch mrope_section
  mrope_interleaved interpolate_factor full_attn_mod initial_context_length model_max_length
  max_model_len temperature embedding_scale
`

/** What every saved config carries along. */
const carried = `
  tokenizer_class prefix n_special predict_special_tokens output_past bad_words_ids suppress_tokens
  begin_suppress_tokens output_attentions output_hidden_states output_scores return_dict
  return_dict_in_generate use_return_dict is_decoder is_encoder_decoder cross_attention_hidden_size
  add_cross_attention tie_encoder_decoder pruned_heads chunk_size_feed_forward finetuning_task
  id2label label2id num_labels problem_type task_specific_params tf_legacy_loss max_length min_length
  do_sample early_stopping num_beams num_beam_groups diversity_penalty top_k top_p typical_p
  repetition_penalty length_penalty no_repeat_ngram_size encoder_no_repeat_ngram_size
  num_return_sequences remove_invalid_values exponential_decay_length_penalty summary_type
  summary_use_proj summary_activation summary_proj_to_labels summary_first_dropout
  _remove_final_layer_norm
`

const exactly: ReadonlySet<string> = new Set(
  [saving, training, scales, carried].flatMap((topic) => topic.trim().split(/\s+/)),
)

/** Rates, epsilons, identifiers of tokens. */
const likely =
  /(dropout|_pdrop|_dropout_prob|_drop|_eps|_epsilon|^epsilon|_token_ids?|_token_index|_dtype|_in_fp32)$/

const isCostless = (key: string): boolean => exactly.has(key) || likely.test(key)

/** Also what no family asks for and is switched off, and all that stands inside of a costless object. */
export const costsNothing = (keys: readonly string[], value: unknown): boolean =>
  value === null || value === false || keys.some(isCostless)
