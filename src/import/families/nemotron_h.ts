/** Nemotron-H: every layer is a single block, a state space, attention, an FFN or experts, under one norm. */
import type { Sublayer } from '../../architecture/schema.ts'
import { decoder } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, type Body } from '../layers.ts'
import { attention, moe, norms, plainFfn } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { statesAsked } from '../states.ts'
import { mamba2Block } from './mamba.ts'

type BlockKind = 'mamba' | 'attention' | 'mlp' | 'moe'

const letters: Readonly<Record<string, BlockKind>> = {
  M: 'mamba',
  '*': 'attention',
  '-': 'mlp',
  E: 'moe',
}
const names: Readonly<Record<string, BlockKind>> = {
  mamba: 'mamba',
  linear_attention: 'mamba',
  attention: 'attention',
  full_attention: 'attention',
  mlp: 'mlp',
  moe: 'moe',
}

/** One letter or one name for each layer; their number is the number of layers. */
function kindsOf(c: Reader): BlockKind[] {
  if (c.has('layer_types')) {
    c.ignore('hybrid_override_pattern')
    return known(c, 'layer_types', c.texts('layer_types', []), names)
  }
  // The library's own pattern is that of a toy of four layers.
  if (!c.has('hybrid_override_pattern') && c.has('num_hidden_layers'))
    throw c.wrong(
      'hybrid_override_pattern',
      'is missing, and nothing else says what the layers are; a pattern such as "M-M*-" is expected, or layers_block_type',
    )
  const pattern = c.text('hybrid_override_pattern', 'ME*-').split('')
  const kinds = known(c, 'hybrid_override_pattern', pattern, letters)
  return c.derive('layer_types', 'hybrid_override_pattern', kinds)
}

function known(
  c: Reader,
  key: string,
  said: readonly string[],
  kinds: Readonly<Record<string, BlockKind>>,
): BlockKind[] {
  if (said.length === 0) throw c.wrong(key, 'is empty; at least one layer is expected')
  return said.map((each) => {
    if (Object.hasOwn(kinds, each)) return kinds[each]!
    throw c.wrong(
      key,
      `holds "${each.slice(0, 40)}"; each layer is one of ${Object.keys(kinds).join(', ')}`,
    )
  })
}

const bodies: Readonly<Record<BlockKind, (c: Reader) => Body>> = {
  mamba: (c) =>
    mamba2Block(c, {
      d_inner: c.count('mamba_num_heads') * c.count('mamba_head_dim'),
      n_heads: 'mamba_num_heads',
      head_size: c.count('mamba_head_dim'),
      n_groups: c.count('n_groups'),
      d_state: c.count('ssm_state_size'),
      d_conv: c.count('conv_kernel'),
      chunk: c.count('chunk_size'),
      conv_bias: c.flag('use_conv_bias'),
      proj_bias: c.flag('use_bias'),
    }),
  attention: (c) =>
    attention(c, {
      heads: headsOf(c),
      position: null,
    }),
  mlp: (c) => plainFfn(c, { bias: c.flag('mlp_bias'), activation: 'relu' }),
  moe: (c) =>
    moe(c, {
      // A network of no width gets that of the dense layers.
      shared: c.count('moe_shared_expert_intermediate_size', 0, 0) || c.count('intermediate_size'),
      shared_bias: c.flag('mlp_bias'),
      gated: 0,
      d_expert: c.optionalCount('moe_latent_size') ?? undefined,
      activation: 'relu',
    }),
}

/** Older configs call the size of a head after attention. */
function headsOf(c: Reader) {
  const n_heads = c.count('num_attention_heads')
  const n_kv_heads = c.count('num_key_value_heads', follows('num_attention_heads', n_heads))
  const d_head = c.mentions('attention_head_dim')
    ? c.count('attention_head_dim', follows('head_dim', c.count('head_dim')))
    : c.count('head_dim')
  return { n_heads, n_kv_heads, d_head, said: { n_kv_heads, d_head } }
}

/** The layers of a module for multi-token prediction, as a pattern of their own lists them. */
function predictionLayer(c: Reader): Sublayer[] | null {
  const names_said = c.has('mtp_layers_block_type') ? c.texts('mtp_layers_block_type') : null
  const pattern = names_said === null ? c.letters('mtp_hybrid_override_pattern') : null
  const said = names_said ?? pattern?.split('')
  const kinds = names_said === null ? letters : names
  return (
    said?.map((each, index) => {
      if (!Object.hasOwn(kinds, each))
        throw c.wrong(
          'mtp_hybrid_override_pattern',
          `holds "${each.slice(0, 40)}", which is no kind of layer`,
        )
      return { name: `block-${index}`, before: norms.rms, ...bodies[kinds[each]!](c) }
    }) ?? null
  )
}

export const nemotron_h: Family = {
  prediction: { layer: predictionLayer },
  defaults: {
    vocab_size: 131072,
    hidden_size: 4096,
    intermediate_size: 21504,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    head_dim: 128,
    max_position_embeddings: 4096,
    ssm_state_size: 128,
    mamba_num_heads: 128,
    mamba_head_dim: 64,
    n_groups: 8,
    conv_kernel: 4,
    use_conv_bias: true,
    chunk_size: 128,
    num_local_experts: 8,
    num_experts_per_tok: 2,
    moe_intermediate_size: 7688,
    moe_shared_expert_intermediate_size: 7688,
    tie_word_embeddings: false,
  },
  build: (c) => {
    c.ignore(...costless)
    const kinds = kindsOf(c)
    const listed =
      c.optionalCount('num_hidden_layers') ??
      c.derive('num_hidden_layers', 'layer_types', kinds.length)
    if (listed !== kinds.length)
      c.log.note(
        'warning',
        `num_hidden_layers is ${listed}, but ${kinds.length} layers are listed; the list is taken.`,
      )
    const body = byKind(kinds, (kind) => bodies[kind](c))
    for (const [kind, keys] of Object.entries(only))
      if (!kinds.includes(kind as BlockKind)) c.ignore(...keys)
    if (c.flag('tie_word_embeddings'))
      c.log.note(
        'warning',
        'The model code of this family never ties the tables, whatever the key says.',
      )
    return decoder(c, [{ name: 'block', before: norms.rms, ...body }], {
      n_layers: kinds.length,
      tied: false,
      states: statesAsked(c, 'mamba_ssm_cache_dtype', 'float32'),
    })
  },
}

/** Keys that concern one kind of layer alone. */
const only: Readonly<Record<string, string[]>> = {
  mlp: ['intermediate_size'],
  moe: [
    'n_routed_experts',
    'num_experts_per_tok',
    'moe_intermediate_size',
    'moe_shared_expert_intermediate_size',
    'moe_latent_size',
    'n_shared_experts',
  ],
}

const costless = [
  'attention_bias',
  'expand',
  'mamba_expand',
  'mamba_hidden_act',
  'mamba_proj_bias',
  'mlp_hidden_act',
  'hidden_act',
  'moe_shared_expert_overlap',
  'n_shared_experts',
  'num_logits_to_keep',
  'partial_rotary_factor',
  'rescale_prenorm_residual',
  'residual_in_fp32',
  'rope_theta',
  'sliding_window',
  'time_step_floor',
  'time_step_limit',
  'time_step_max',
  'time_step_min',
  'time_step_rank',
  'use_mamba_kernels',
]
