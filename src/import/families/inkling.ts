/** Inkling: distances that each token weighs itself, short convolutions on keys, values and what each step gives. */
import type { BlockUse } from '../../architecture/schema.ts'
import { countLayers, decoder } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, denseOrSparse, type Body, type Layered } from '../layers.ts'
import { attention, block, gatedFfn, moe, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'

type Kind = 'hybrid' | 'hybrid_sliding'

/** As listed, by the layers that slide, or all but every sixth. */
function kindsOf(c: Reader): Kind[] {
  const n_layers = countLayers(c)
  const local = c.has('layer_types') ? null : c.numbers('local_layer_ids')
  const slides = (layer: number): boolean => (local ? local.includes(layer) : (layer + 1) % 6 !== 0)
  const said = c.kinds('layer_types', n_layers, {
    from: local ? 'local_layer_ids' : 'num_hidden_layers',
    kind: (layer) => (slides(layer) ? 'hybrid_sliding' : 'hybrid'),
  })
  if (local === null) c.ignore('local_layer_ids')
  return said.map((kind): Kind => {
    if (kind === 'hybrid' || kind === 'hybrid_sliding') return kind
    throw c.wrong(
      'layer_types',
      `names "${kind.slice(0, 40)}"; hybrid or hybrid_sliding is expected`,
    )
  })
}

/** A step of the layer, and the convolution over what it gives. */
const convolved = (c: Reader, ...blocks: BlockUse[]): Body => ({
  blocks: [...blocks, convolution(c, 'convolution')],
})

const convolution = (c: Reader, name: string, width?: number): BlockUse => ({
  ...block('token-convolution', { width, d_conv: c.count('conv_kernel_size') }),
  name,
})

function mixer(c: Reader): Layered {
  const window = c.count('sliding_window')
  return byKind(kindsOf(c), (kind) => {
    const prefix = kind === 'hybrid' ? '' : 'swa_'
    const n_heads = c.count(`${prefix}num_attention_heads`)
    const said = {
      n_kv_heads: c.count(`${prefix}num_key_value_heads`),
      d_head: c.count(`${prefix}head_dim`),
    }
    const attend = attention(c, {
      heads: { n_heads, ...said, said },
      qk_norm: 'shared',
      window: kind === 'hybrid' ? null : window,
      position: block('relative-logits', {
        d_rel: c.count('d_rel'),
        extent: kind === 'hybrid' ? c.count('rel_extent') : window,
      }),
    })
    const keys_and_values = convolution(
      c,
      'key-value-convolution',
      2 * said.n_kv_heads * said.d_head,
    )
    return convolved(c, { ...attend, name: 'attention' }, keys_and_values)
  })
}

const denseWidth = (c: Reader): number =>
  c.optionalCount('dense_intermediate_size') ??
  c.derive('dense_intermediate_size', 'intermediate_size', c.count('intermediate_size'))

function ffn(c: Reader): Layered {
  const n_layers = countLayers(c)
  const listed = c.has('mlp_layer_types')
  if (listed) c.ignore('dense_mlp_idx')
  const first = listed ? 0 : c.count('dense_mlp_idx', 0, 0)
  const said = c.kinds('mlp_layer_types', n_layers, {
    from: 'dense_mlp_idx',
    kind: (layer) => (layer < first ? 'dense' : 'sparse'),
  })
  const kinds = denseOrSparse(n_layers, (layer) => said[layer] !== 'dense')
  if (!kinds.includes('dense')) c.ignore('intermediate_size', 'dense_intermediate_size')
  const width = c.count('moe_intermediate_size')
  const n_shared = c.count('n_shared_experts', 0, 0)
  return byKind(kinds, (kind) => {
    const body =
      kind === 'dense'
        ? gatedFfn(c, { width: denseWidth(c), output_scale: true })
        : // The router scores the shared experts too, and has a scale.
          moe(c, { width, shared: n_shared * width, shared_scores: n_shared, router_params: 1 })
    return convolved(c, { ...body, name: 'ffn' })
  })
}

export const inkling_text: Family = {
  prediction: 'unknown',
  defaults: {
    vocab_size: 201024,
    hidden_size: 6144,
    num_hidden_layers: 66,
    num_attention_heads: 64,
    num_key_value_heads: 8,
    head_dim: 128,
    swa_num_attention_heads: 64,
    swa_num_key_value_heads: 16,
    swa_head_dim: 128,
    sliding_window: 512,
    d_rel: 16,
    rel_extent: 1024,
    conv_kernel_size: 4,
    max_position_embeddings: 131072,
    intermediate_size: 24576,
    moe_intermediate_size: 3072,
    num_local_experts: 256,
    num_experts_per_tok: 6,
    n_shared_experts: 2,
    tie_word_embeddings: false,
  },
  build: (c) => {
    c.ignore(...costless)
    // The two tables are never one.
    c.ignore('tie_word_embeddings', 'number_of_conv_states')
    return decoder(
      c,
      [
        { name: 'mixer', before: norms.rms, ...mixer(c) },
        { name: 'ffn', before: norms.rms, ...ffn(c) },
      ],
      {
        embedding_norm: norms.rms,
        max_context:
          c.optionalCount('model_max_length') ??
          c.derive(
            'model_max_length',
            'max_position_embeddings',
            c.count('max_position_embeddings'),
          ),
      },
    )
  },
}

const costless = [
  'chain_hidden_post_norm',
  'log_scaling_alpha',
  'log_scaling_n_floor',
  'logits_mup_width_multiplier',
  'rms_norm_eps_moe_gate',
  'route_scale',
  'shared_expert_sink',
  'unpadded_vocab_size',
]
