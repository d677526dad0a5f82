/** The names under which configs say the same thing. Those of single settings stand in their formula files. */
import { blocks } from '../formulas/index.ts'

/** What belongs to no one block; the first name is the one that errors and reports use. */
const ofModels: readonly (readonly string[])[] = [
  ['hidden_size', 'n_embd', 'n_embed', 'd_model', 'dim'],
  ['num_hidden_layers', 'n_layer', 'n_layers', 'num_layers', 'decoder_layers'],
  [
    'max_position_embeddings',
    'n_positions',
    'max_seq_len',
    'max_sequence_length',
    'seq_length',
    'n_ctx',
  ],
  ['sliding_window', 'sliding_window_size'],
  ['layer_types', 'layers_block_type'],
  ['rope_scaling', 'rope_parameters'],
  ['intermediate_size', 'ffn_hidden_size', 'decoder_ffn_dim', 'hidden_dim'],
  ['num_attention_heads', 'decoder_attention_heads', 'attention_heads'],
  ['num_key_value_heads', 'num_kv_heads', 'n_head_kv', 'n_kv_heads', 'num_attention_groups'],
  ['num_experts_per_tok', 'num_experts_per_token', 'moe_topk', 'moe_top_k', 'top_k_experts'],
  ['hidden_act', 'hidden_activation', 'activation_function', 'activation'],
  ['partial_rotary_factor', 'rotary_pct', 'rope_pct'],
  ['n_shared_experts', 'num_shared_experts', 'num_shared_expert', 'moe_num_shared_experts'],
  ['rope_type', 'type'],
  ['tie_word_embeddings', 'tie_embedding'],
]

function collect(): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, Set<string>>()
  const fromFormulas = Object.values(blocks).flatMap(({ settings }) =>
    settings.flatMap(({ config_keys }) => (config_keys ? [config_keys] : [])),
  )
  for (const [first, ...others] of [...ofModels, ...fromFormulas]) {
    if (first === undefined) continue
    const group = groups.get(first) ?? new Set([first])
    for (const other of others) group.add(other)
    groups.set(first, group)
  }
  return new Map([...groups].map(([first, names]) => [first, [...names]]))
}

const groups = collect()

/** All spellings of a key, itself first. */
export const spellingsOf = (key: string): readonly string[] => groups.get(key) ?? [key]
