/** DeepSeek-V4: windows with compressed entries beyond them, parallel residual streams, experts in every layer. */
import type { BlockUse, Sublayer } from '../../architecture/schema.ts'
import { countLayers, decoder } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, type Layered } from '../layers.ts'
import { block, moe, norms } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { rotary } from '../rope.ts'

const kinds = [
  'sliding_attention',
  'compressed_sparse_attention',
  'heavily_compressed_attention',
] as const
type Kind = (typeof kinds)[number]

/** The rates that older configs list for each layer, by kind. */
const rates: Readonly<Record<number, Kind>> = {
  0: 'sliding_attention',
  4: 'compressed_sparse_attention',
  128: 'heavily_compressed_attention',
}

function kindsOf(c: Reader): Kind[] {
  const n_layers = countLayers(c)
  const usual = Array.from({ length: n_layers }, (_, layer) =>
    layer >= 2 && layer % 2 === 1 ? 4 : 128,
  )
  const listed = c.has('layer_types')
    ? usual
    : c.numbers('compress_ratios', follows('num_hidden_layers', usual))
  const said = c.kinds('layer_types', n_layers, {
    from: 'compress_ratios',
    kind: (layer) => {
      const rate = listed[layer]
      if (rate !== undefined && Object.hasOwn(rates, rate)) return rates[rate]!
      throw c.wrong(
        'compress_ratios',
        `holds ${rate ?? 'nothing'} for layer ${layer}; 0, 4 or 128 is expected`,
      )
    },
  })
  return said.map((name) => {
    const kind = kinds.find((each) => each === name)
    if (kind !== undefined) return kind
    throw c.wrong(
      'layer_types',
      `names "${name.slice(0, 40)}"; one of ${kinds.join(', ')} is expected`,
    )
  })
}

/** Said for each kind by itself in older configs, which goes before the object of newer ones. */
function rateOf(c: Reader, kind: Kind): number | null {
  if (kind === 'sliding_attention') return null
  const [own, usual] =
    kind === 'compressed_sparse_attention'
      ? (['compress_rate_csa', 4] as const)
      : (['compress_rate_hca', 128] as const)
  if (c.mentions(own)) return c.count(own, usual)
  const rates_by_kind = c.object('compress_rates')
  return rates_by_kind ? rates_by_kind.count(kind, usual) : c.count(own, usual)
}

/** Turned dimensions of a head: by number, else by share. */
function turnedOf(c: Reader, d_head: number): number {
  const said = c.optionalCount('qk_rope_head_dim')
  if (said !== null) return said
  const share = c.number('partial_rotary_factor', 64 / 512)
  return c.derive(
    'qk_rope_head_dim',
    'head_dim * partial_rotary_factor',
    Math.trunc(d_head * share),
  )
}

function attentionOf(c: Reader, kind: Kind): BlockUse {
  const d_head = c.count('head_dim')
  const theta_key = kind === 'sliding_attention' ? 'rope_theta' : 'compress_rope_theta'
  const scaled = kind !== 'sliding_attention'
  const position = rotary(c, d_head, {
    theta_key,
    scaled,
    group: scaled ? 'compress' : 'main',
    n_kv_heads: 1,
    d_rot: turnedOf(c, d_head),
  })
  const sparse = kind === 'compressed_sparse_attention'
  return block('compressed-attention', {
    n_heads: c.count('num_attention_heads'),
    d_head,
    q_lora_rank: c.count('q_lora_rank'),
    o_groups: c.count('o_groups'),
    o_lora_rank: c.count('o_lora_rank'),
    window: c.count('sliding_window'),
    compress_rate: rateOf(c, kind) ?? undefined,
    ...(sparse && {
      index_topk: c.count('index_topk'),
      index_n_heads: c.count('index_n_heads'),
      index_head_dim: c.count('index_head_dim'),
    }),
    // Turned by factors of its own; its temperature is left alone.
    position: position && {
      ...position,
      name: kind,
      ...(position.scaling === 'yarn' && { fixed_attention_factor: 1 }),
    },
  })
}

const mixer = (c: Reader): Layered => byKind(kindsOf(c), (kind) => attentionOf(c, kind))

export const deepseek_v4: Family = {
  prediction: 'unknown',
  defaults: {
    vocab_size: 129280,
    hidden_size: 4096,
    moe_intermediate_size: 2048,
    num_hidden_layers: 43,
    num_attention_heads: 64,
    head_dim: 512,
    q_lora_rank: 1024,
    num_experts_per_tok: 6,
    num_local_experts: 256,
    max_position_embeddings: 1048576,
    rope_theta: 10000,
    compress_rope_theta: 160000,
    hc_mult: 4,
    sliding_window: 128,
    o_groups: 8,
    o_lora_rank: 1024,
    index_n_heads: 64,
    index_head_dim: 128,
    index_topk: 512,
    tie_word_embeddings: false,
  },
  build: (c) => {
    c.ignore(...costless)
    const streams = { n_streams: c.count('hc_mult') }
    const width = c.count('moe_intermediate_size')
    const around = (name: string): Sublayer => ({ ...block('hyper-connections', streams), name })
    const layer: Sublayer[] = [
      around('mixer_streams'),
      { name: 'mixer', before: norms.rms, ...mixer(c) },
      around('ffn_streams'),
      {
        ...moe(c, { width, shared: width, shared_bias: c.flag('mlp_bias') }),
        name: 'ffn',
        before: norms.rms,
      },
    ]
    const model = decoder(c, layer)
    model.stacks[0]!.output.unshift(block('hyper-connections-head', streams))
    return model
  },
}

const costless = [
  'hc_eps',
  'hc_sinkhorn_iters',
  'intermediate_size',
  'mlp_layer_types',
  'n_shared_experts',
  'num_hash_layers',
  'num_key_value_heads',
  'rope_theta',
  'compress_rope_theta',
  'compress_ratios',
]
