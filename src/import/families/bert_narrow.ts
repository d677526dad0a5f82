/** BERT made light: projections in groups, bottlenecks around narrow layers, convolutions beside attention. */
import type { BlockUse, Norm, Sublayer } from '../../architecture/schema.ts'
import type { Family } from '../family.ts'
import { activation, block } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { asBlocks, encoderOnly, plainAttention, steps } from '../stacks.ts'
import { bertDefaults } from './bert.ts'
import { inWays } from './bert_ways.ts'

export const squeezebert: Family = {
  labels: 'pooled',
  defaults: {
    ...bertDefaults,
    q_groups: 4,
    k_groups: 4,
    v_groups: 4,
    post_attention_groups: 1,
    intermediate_groups: 4,
    output_groups: 4,
  },
  build: (c) => {
    const d_emb = c.count('embedding_size', c.count('hidden_size'))
    if (d_emb !== c.count('hidden_size'))
      throw c.wrong(
        'embedding_size',
        `is ${d_emb}, and no matrix leads from there to the width of ${c.count('hidden_size')}; the two are equal in this family`,
      )
    return inWays(c, {
      mixer: block('grouped-projection-attention', {
        n_heads: c.count('num_attention_heads'),
        q_groups: c.count('q_groups'),
        k_groups: c.count('k_groups'),
        v_groups: c.count('v_groups'),
        o_groups: c.count('post_attention_groups'),
      }),
      ffn: block('grouped-ffn', {
        d_ff: c.count('intermediate_size'),
        up_groups: c.count('intermediate_groups'),
        down_groups: c.count('output_groups'),
        activation: activation(c, 'gelu'),
      }),
      pooler: true,
    })
  },
}

/** Fewer heads attend than the config says, as many times as `head_ratio`; at least one does. */
export const convbert: Family = {
  defaults: {
    ...bertDefaults,
    embedding_size: 768,
    head_ratio: 2,
    conv_kernel_size: 9,
    num_groups: 1,
  },
  build: (c) => {
    for (const key of ['is_decoder', 'add_cross_attention'])
      if (c.flag(key)) throw c.unsupported(key, 'is set, which is not modelled for this family')
    const n_heads = Math.max(1, Math.floor(c.count('num_attention_heads') / c.count('head_ratio')))
    const groups = c.count('num_groups')
    return inWays(c, {
      d_emb: c.count('embedding_size'),
      one_bias: true,
      mixer: block('span-convolution-attention', { n_heads, d_conv: c.count('conv_kernel_size') }),
      ...(groups > 1 && {
        ffn: block('grouped-ffn', {
          d_ff: c.count('intermediate_size'),
          up_groups: groups,
          activation: activation(c, 'gelu'),
        }),
      }),
    })
  },
}

/** Layers enter a narrow width and leave it again; in between stand several feed-forward networks. */
function narrowLayer(c: Reader): Sublayer[] {
  const width = c.count('intra_bottleneck_size')
  const normalised = c.text('normalization_type', 'no_norm') === 'layer_norm'
  const within: Norm = { block: normalised ? 'layernorm' : 'scale-and-shift', width }
  const narrow = c.flag('use_bottleneck_attention')
  const own_entrance = c.flag('key_query_shared_bottleneck')
  if (!narrow && !own_entrance)
    throw c.unsupported(
      'key_query_shared_bottleneck',
      'is false, and so is use_bottleneck_attention; queries and keys would have no narrow input, and the model code cannot run that',
    )
  const mixer = block('bottleneck-attention', {
    n_heads: c.count('num_attention_heads'),
    width,
    ...(!own_entrance && { own_entrance: 0 }),
    narrow,
    normalised,
  })
  const ffn = block('narrow-ffn', {
    width,
    d_ff: c.count('intermediate_size'),
    activation: activation(c, 'relu'),
  })
  return [
    ...steps(within, 'after', { mixer, ...severalFfn(c, ffn) }),
    {
      ...block('projection', { d_in: width, bias: true }),
      name: 'leave',
      after: normalised ? 'layernorm' : 'scale-and-shift',
    },
  ]
}

const severalFfn = (c: Reader, ffn: BlockUse): Record<string, BlockUse> =>
  Object.fromEntries(
    Array.from({ length: c.count('num_feedforward_networks') }, (_, at) => [
      at === 0 ? 'ffn' : `ffn-${at + 1}`,
      ffn,
    ]),
  )

/** Without bottlenecks, layers as wide as the model. */
function wideLayer(c: Reader): Sublayer[] {
  const norm =
    c.text('normalization_type', 'no_norm') === 'layer_norm' ? 'layernorm' : 'scale-and-shift'
  const ffn = block('ffn', {
    d_ff: c.count('intermediate_size'),
    ffn_bias: true,
    activation: activation(c, 'relu'),
  })
  c.ignore('intra_bottleneck_size', 'key_query_shared_bottleneck', 'use_bottleneck_attention')
  return steps(norm, 'after', {
    mixer: plainAttention(c.count('num_attention_heads')),
    ...severalFfn(c, ffn),
  })
}

/** Layers are as wide as what enters them: another width cannot be run, though it can be stored. */
function checkInnerWidth(c: Reader): void {
  const key = c.flag('use_bottleneck') ? 'intra_bottleneck_size' : 'hidden_size'
  const width = c.count(key)
  const said = c.count('true_hidden_size', follows(key, width))
  if (said !== width)
    throw c.wrong(
      'true_hidden_size',
      `is ${said}, and what enters a layer is ${width} wide by ${key}; the two are equal in a model that can be run`,
    )
}

export const mobilebert: Family = {
  bare: 'pooler',
  defaults: {
    ...bertDefaults,
    hidden_size: 512,
    num_hidden_layers: 24,
    num_attention_heads: 4,
    intermediate_size: 512,
    hidden_act: 'relu',
    embedding_size: 128,
    trigram_input: true,
    use_bottleneck: true,
    intra_bottleneck_size: 128,
    use_bottleneck_attention: false,
    key_query_shared_bottleneck: true,
    num_feedforward_networks: 4,
    normalization_type: 'no_norm',
  },
  build: (c) => {
    c.ignore('classifier_activation')
    const d_model = c.count('hidden_size')
    checkInnerWidth(c)
    const d_emb = c.count('embedding_size')
    const max_positions = c.count('max_position_embeddings')
    const norm =
      c.text('normalization_type', 'no_norm') === 'layer_norm' ? 'layernorm' : 'scale-and-shift'
    const input = [
      block('joined-embedding', {
        vocab_size: c.count('vocab_size'),
        d_emb,
        n_joined: c.flag('trigram_input') ? 3 : 1,
      }),
      block('learned-positions', { max_positions }),
      block('token-types', { n_types: c.count('type_vocab_size') }),
      ...asBlocks(norm),
    ]
    const tied = c.flag('tie_word_embeddings')
    const head = block('masked-lm-head', {
      ...(d_model > d_emb && { d_own: d_model - d_emb }),
      ...(!tied && { tied: 0, idle_bias: true }),
    })
    return encoderOnly(
      c,
      {
        n_layers: c.count('num_hidden_layers'),
        input,
        layer: c.flag('use_bottleneck') ? narrowLayer(c) : wideLayer(c),
        output: [head],
      },
      max_positions,
    )
  },
}
