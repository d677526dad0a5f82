/** State spaces and attention by turns or side by side: Jamba, Bamba, Granite 4, Falcon-H1. */
import type { BlockUse } from '../../architecture/schema.ts'
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, denseOrSparse, type Layered } from '../layers.ts'
import { attention, biasesIf, gatedFfn, heads, moe, norms } from '../parts.ts'
import type { LayerRule, Reader } from '../reader.ts'
import { rotary } from '../rope.ts'
import { mambaBlock, prefixed, prefixedMamba2 } from './mamba.ts'

/** Layers of attention among layers of a state space. */
export type MixerKind = 'attention' | 'mamba'

const names: Readonly<Record<string, MixerKind>> = {
  attention: 'attention',
  full_attention: 'attention',
  mamba: 'mamba',
  linear_attention: 'mamba',
}

/** The kinds that a list of the config names, or those of the family's rule. */
export const mixerKinds = (c: Reader, rule: LayerRule<MixerKind> | null): MixerKind[] =>
  c.kinds('layer_types', countLayers(c), rule).map((kind) => {
    if (Object.hasOwn(names, kind)) return names[kind]!
    throw c.wrong('layer_types', `names "${kind.slice(0, 40)}"; mamba or attention is expected`)
  })

const sharedDefaults = {
  hidden_size: 4096,
  intermediate_size: 14336,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  mamba_expand: 2,
  mamba_d_conv: 4,
  mamba_conv_bias: true,
  tie_word_embeddings: false,
}

export const jamba: Family = {
  defaults: {
    ...sharedDefaults,
    vocab_size: 65536,
    max_position_embeddings: 262144,
    attn_layer_period: 8,
    attn_layer_offset: 4,
    expert_layer_period: 2,
    expert_layer_offset: 1,
    num_local_experts: 16,
    num_experts_per_tok: 2,
    mamba_d_state: 16,
  },
  build: (c) => {
    c.ignore('sliding_window', 'num_logits_to_keep', 'use_mamba_kernels')
    const n_layers = countLayers(c)
    const at = { every: c.count('attn_layer_period'), offset: c.count('attn_layer_offset', 0, 0) }
    const mixer = byKind<MixerKind>(
      mixerKinds(c, {
        from: 'attn_layer_period, attn_layer_offset',
        kind: (layer) => (layer % at.every === at.offset ? 'attention' : 'mamba'),
      }),
      (kind) =>
        kind === 'attention'
          ? attention(c, { position: null })
          : mambaBlock(c, prefixed, { bcdt_norm: true }),
      { attention: at },
    )
    return decoder(c, preNorm(norms.rms, mixer, jambaFfn(c, n_layers)))
  },
}

function jambaFfn(c: Reader, n_layers: number): Layered {
  const every = c.count('expert_layer_period')
  const offset = c.count('expert_layer_offset', 0, 0)
  const width = c.count('intermediate_size')
  const sparse = c.count('num_local_experts') > 1
  return byKind(
    denseOrSparse(n_layers, (layer) => sparse && layer % every === offset),
    (kind) => (kind === 'sparse' ? moe(c, { width }) : gatedFfn(c)),
    sparse ? { sparse: { every, offset } } : {},
  )
}

export const bamba: Family = {
  defaults: {
    ...sharedDefaults,
    vocab_size: 128000,
    max_position_embeddings: 262144,
    mamba_n_heads: 128,
    mamba_d_head: 'auto',
    mamba_n_groups: 1,
    mamba_d_state: 256,
    mamba_chunk_size: 256,
  },
  build: (c) => {
    c.ignore('num_logits_to_keep')
    const attending = c.numbers('attn_layer_indices', [])
    const kinds = mixerKinds(c, {
      from: 'attn_layer_indices',
      kind: (layer) => (attending.includes(layer) ? 'attention' : 'mamba'),
    })
    const shape = heads(c)
    // Half of the head turns, whatever the config says.
    const position = rotary(c, shape.d_head, { d_rot: Math.trunc(shape.d_head / 2) })
    const bias = biasesIf(c.flag('attention_bias'))
    const mixer = byKind<MixerKind>(kinds, (kind) =>
      kind === 'attention' ? attention(c, { heads: shape, bias, position }) : prefixedMamba2(c),
    )
    return decoder(c, preNorm(norms.rms, mixer, gatedFfn(c, { bias: c.flag('mlp_bias') })))
  },
}

/** Experts and a shared network of its own width; the small models have the latter alone. */
function graniteFfn(c: Reader): BlockUse {
  const shared = c.count('shared_intermediate_size')
  if (c.count('num_local_experts', undefined, 0) > 0)
    return moe(c, { width: c.count('intermediate_size'), shared })
  c.ignore('intermediate_size', 'num_experts_per_tok')
  return gatedFfn(c, { width: shared })
}

export const granitemoehybrid: Family = {
  defaults: {
    ...sharedDefaults,
    vocab_size: 32000,
    intermediate_size: 11008,
    num_key_value_heads: undefined,
    max_position_embeddings: 2048,
    num_local_experts: 8,
    num_experts_per_tok: 2,
    shared_intermediate_size: 1024,
    mamba_n_heads: 128,
    mamba_d_head: 'auto',
    mamba_n_groups: 1,
    mamba_d_state: 256,
    mamba_chunk_size: 256,
  },
  build: (c) => {
    c.ignore('normalization_function')
    const turned = c.text('position_embedding_type', 'nope') === 'rope'
    if (!turned) c.ignore('rope_theta', 'rope_scaling', 'rope_parameters')
    const bias = biasesIf(c.flag('attention_bias'))
    if (!c.has('layer_types'))
      c.log.note(
        'warning',
        'layer_types is missing; as the class has it no layer attends, which no published model of the family has.',
      )
    const kinds = mixerKinds(c, { from: 'num_hidden_layers', kind: () => 'mamba' })
    const mixer = byKind<MixerKind>(kinds, (kind) =>
      kind === 'attention'
        ? attention(c, { bias, ...(!turned && { position: null }) })
        : prefixedMamba2(c),
    )
    return decoder(c, preNorm(norms.rms, mixer, graniteFfn(c)))
  },
}

/** Every layer holds attention and a state space under one norm. */
export const falcon_h1: Family = {
  defaults: {
    ...sharedDefaults,
    vocab_size: 128000,
    max_position_embeddings: 8192,
    mamba_d_ssm: 1024,
    mamba_n_heads: 128,
    mamba_d_head: 'auto',
    mamba_n_groups: 1,
    mamba_d_state: 256,
    mamba_chunk_size: 256,
  },
  build: (c) => {
    c.ignore(...multipliers, 'num_logits_to_keep', 'layers_block_type', 'layer_types')
    const d_ssm = c.optionalCount('mamba_d_ssm')
    if (d_ssm !== null) c.ignore('mamba_expand')
    const attending = attention(c, { bias: biasesIf(c.flag('attention_bias')) })
    const scanning = prefixedMamba2(c, {
      ...(d_ssm !== null && { d_inner: d_ssm }),
      out_bias: c.flag('projectors_bias'),
      gated_norm: c.flag('mamba_rms_norm'),
    })
    const both = {
      blocks: [
        { ...attending, name: 'attention' },
        { ...scanning, name: 'mamba' },
      ],
    }
    return decoder(c, preNorm(norms.rms, both, gatedFfn(c, { bias: c.flag('mlp_bias') })))
  },
}

const multipliers = [
  'attention_in_multiplier',
  'attention_out_multiplier',
  'key_multiplier',
  'lm_head_multiplier',
  'mlp_multipliers',
  'ssm_in_multiplier',
  'ssm_out_multiplier',
  'ssm_multipliers',
  'mlp_expansion_factor',
  'mamba_use_mlp',
]
