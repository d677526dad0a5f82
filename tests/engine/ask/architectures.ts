/** Random small architectures that combine mechanisms, and some published ones. */
import fc from 'fast-check'
import { prepare } from '../../../src/engine/index.ts'
import type { Architecture, BlockUse, LayerPick } from '../../../src/engine/index.ts'
import { loadModel } from '../../../src/import/catalog/index.ts'

/** A published model. */
export async function published(name: string): Promise<Architecture> {
  return prepare((await loadModel(name)).architecture).architecture
}

const pick: fc.Arbitrary<LayerPick> = fc.oneof(
  fc.record({ first: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ last: fc.integer({ min: 1, max: 3 }) }),
  fc
    .integer({ min: 2, max: 4 })
    .chain((every) => fc.record({ every: fc.constant(every), offset: fc.nat({ max: every - 1 }) })),
)

const attention: fc.Arbitrary<BlockUse> = fc
  .record({
    heads: fc.constantFrom([4, 4], [4, 2], [8, 2], [8, 1]),
    d_head: fc.constantFrom(undefined, 16, 24),
    limit: fc.constantFrom({}, { window: 100 }, { chunk: 64 }, { window: 33, n_sink: 4 }),
    position: fc.constantFrom(undefined, 'rotary'),
  })
  .map(({ heads: [n_heads, n_kv_heads], d_head, limit, position }) =>
    defined({ block: 'attention', n_heads, n_kv_heads, d_head, position, ...limit }),
  )

const mixer: fc.Arbitrary<BlockUse> = fc.oneof(
  { weight: 4, arbitrary: attention },
  {
    weight: 1,
    arbitrary: fc.constant<BlockUse>({
      block: 'latent-attention',
      n_heads: 4,
      q_lora_rank: 24,
      kv_lora_rank: 32,
      d_nope: 16,
      d_rope: 8,
      d_v: 16,
    }),
  },
  { weight: 1, arbitrary: fc.constant<BlockUse>({ block: 'mamba', d_state: 8 }) },
)

const ffn: fc.Arbitrary<BlockUse> = fc.oneof(
  fc.constantFrom<BlockUse>(
    { block: 'gated-ffn' },
    { block: 'gated-ffn', d_ff: 224 },
    { block: 'ffn', d_ff: 256 },
  ),
  fc.constant<BlockUse>({ block: 'gated-ffn', multiple_of: 16, ffn_ratio: 3 }),
  fc.record({
    block: fc.constant('moe'),
    n_experts: fc.integer({ min: 4, max: 8 }),
    top_k: fc.integer({ min: 1, max: 4 }),
    d_ff_expert: fc.constantFrom(40, 64),
    d_ff_shared: fc.constantFrom(0, 64),
  }),
)

const defined = (use: Record<string, unknown>): BlockUse =>
  Object.fromEntries(Object.entries(use).filter(([, value]) => value !== undefined)) as BlockUse

/** Decoders of width 64: any mixer, any feed-forward network, exceptions, routed depths. */
export const architectures: fc.Arbitrary<Architecture> = fc
  .record({
    n_layers: fc.integer({ min: 3, max: 9 }),
    mixer,
    mixerToo: fc.option(fc.record({ layers: pick, use: mixer }), { nil: undefined }),
    ffn,
    ffnToo: fc.option(fc.record({ layers: pick, use: ffn }), { nil: undefined }),
    tied: fc.boolean(),
    routing: fc.constantFrom(undefined, { every: 2, capacity: 0.25 }),
  })
  .map(({ n_layers, routing, tied, ...layer }) => ({
    name: 'random',
    d_model: 64,
    max_context: 4096,
    stacks: [
      {
        role: 'decoder' as const,
        n_layers,
        input: [{ block: 'token-embedding', vocab_size: 500 }],
        layer: [
          sublayer('mixer', layer.mixer, layer.mixerToo),
          sublayer('ffn', layer.ffn, layer.ffnToo),
        ],
        output: [{ block: 'rmsnorm' }, { block: 'output-head', tied }],
        ...(routing === undefined ? {} : { depth_routing: routing }),
      },
    ],
  }))

const sublayer = (
  name: string,
  use: BlockUse,
  other: { layers: LayerPick; use: BlockUse } | undefined,
): Architecture['stacks'][number]['layer'][number] => ({
  name,
  before: 'rmsnorm',
  ...(use as object),
  ...(other ? { except: [{ layers: other.layers, ...other.use }] } : {}),
})

/** One attention in each of two layers, and nothing else. */
export const single = (): Architecture => ({
  name: 'one',
  d_model: 64,
  max_context: 100,
  stacks: [
    {
      role: 'decoder',
      n_layers: 2,
      input: [],
      output: [],
      layer: [{ name: 'mixer', block: 'attention', n_heads: 4, position: 'rotary' }],
    },
  ],
})
