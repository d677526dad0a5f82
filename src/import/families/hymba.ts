/** Hymba: attention and Mamba side by side in every layer, normed and averaged before one projection back; learned tokens stand first. */
import type { BlockUse } from '../../architecture/schema.ts'
import { countLayers, decoder } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind } from '../layers.ts'
import { attention, block, gatedFfn, heads, norms, plainFfn } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary } from '../rope.ts'
import { mambaBlock, prefixed } from './mamba.ts'

/** Layers that read the keys and values of an earlier one: all but the first of each group. */
function readersOf(c: Reader): readonly number[] {
  const groups = c.lists('kv_reuse_group')
  const every = c.wholeNumbers('kv_reuse_every_i_layer', -1)[0] ?? -1
  if (groups !== null) return groups.flatMap((group) => group.slice(1))
  if (every < 1) return []
  return Array.from({ length: countLayers(c) }, (_, layer) => layer).filter(
    (layer) => layer % every !== 0,
  )
}

function mixer(c: Reader, n_meta: number) {
  const shape = heads(c)
  const d_inner = Math.trunc(c.number('mamba_expand') * c.count('hidden_size'))
  const d_v = d_inner / shape.n_heads
  const readers = readersOf(c)
  const window = c.optionalCount('sliding_window')
  const whole = window === null ? null : c.numbers('global_attn_idx')
  const turned = c.flag('rope')
  const norm = c.text('kq_norm', 'none')
  const mamba: BlockUse = {
    ...mambaBlock(c, prefixed, { bcdt_norm: c.flag('mamba_inner_layernorms') }),
    name: 'mamba',
    after: block('rmsnorm', { width: d_inner }),
  }
  const kinds = Array.from({ length: countLayers(c) }, (_, layer) => {
    const slides = window !== null && !(whole ?? []).includes(layer)
    return `${slides ? 'sliding' : 'full'} ${readers.includes(layer) ? 'reading' : 'own'}`
  })
  return byKind(kinds, (kind) => ({
    blocks: [
      mamba,
      {
        ...attention(c, {
          heads: shape,
          d_v,
          output_shared: true,
          kv_shared: kind.endsWith('reading'),
          ...(norm === 'rms' && { qk_norm: 'shared' }),
          ...(kind.startsWith('sliding') && { window, n_sink: n_meta }),
          position: turned ? rotary(c, shape.d_head) : null,
        }),
        name: 'attention',
        after: block('rmsnorm', { width: d_inner }),
      },
    ],
  }))
}

export const hymba: Family = {
  defaults: {
    vocab_size: 65536,
    hidden_size: 4096,
    intermediate_size: 14336,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    max_position_embeddings: 262144,
    mamba_d_state: 16,
    mamba_d_conv: 4,
    mamba_expand: 2,
    mamba_dt_rank: 'auto',
    mamba_conv_bias: true,
    mamba_proj_bias: false,
    mamba_inner_layernorms: true,
    num_memory_tokens: 0,
    mlp_hidden_act: 'silu',
    tie_word_embeddings: false,
  },
  build: (c) => {
    c.ignore(...costless)
    if (c.text('kq_norm', 'none') === 'perhead-rms')
      throw c.unsupported(
        'kq_norm',
        'is perhead-rms; norms with weights for each head are not modelled',
      )
    const n_meta = c.count('num_memory_tokens', 0, 0)
    if (n_meta > 0)
      c.log.note(
        'info',
        `${n_meta} learned tokens stand before every sequence; they are part of the context that is said.`,
      )
    const gated = c.text('mlp_hidden_act', 'silu') === 'silu'
    const ffn = gated ? gatedFfn(c) : plainFfn(c, { activation: 'relu' })
    c.ignore('hidden_act')
    return decoder(
      c,
      [
        { ...mixer(c, n_meta), name: 'mixer', before: norms.rms },
        { ...ffn, name: 'ffn', before: norms.rms },
      ],
      {
        inputs:
          n_meta > 0
            ? [
                {
                  ...block('learned-scale', { values: n_meta * c.count('hidden_size') }),
                  name: 'meta-tokens',
                },
              ]
            : [],
      },
    )
  },
  unverified: true,
}

const costless = [
  'attn_hidden_size',
  'attn_implementation_new',
  'calc_logits_for_entire_prompt',
  'conv_dim',
  'kq_head_dim',
  'kv_weight_reuse',
  'layer_type',
  'memory_tokens_interspersed_every',
  'num_experts',
  'num_experts_per_tok',
  'num_mamba',
  'orig_max_position_embeddings',
  'rope_type',
  'seq_length',
  'use_mamba_kernels',
  'v_head_dim',
]
