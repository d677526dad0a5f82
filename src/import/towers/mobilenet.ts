/** MobileNet-V5, the vision tower of Gemma 3n: stages on ever coarser grids, the last two of them put together. */
import type { BlockUse, Sublayer, Tower } from '../../architecture/schema.ts'
import { block, norms } from '../parts.ts'

/** As timm builds `mobilenetv5_300m_enc`; no config says any of it. */
export const mobilenet = { name: 'mobilenetv5_300m_enc', image_size: 768, width: 2048, patch: 2 }

const residual = (settings: Record<string, unknown>): BlockUse =>
  block('inverted-residual', settings)

/** Attention, where a stage has it, and a residual: norm before, learned scale behind. */
const attending = (mixer: BlockUse): Sublayer => ({
  ...mixer,
  name: 'mixer',
  before: norms.rms,
  after: 'layer-scale',
})

interface Stage {
  d_in: number
  d_model: number
  /** The block that halves the grid. */
  first: Record<string, unknown>
  layer: Sublayer[]
  n_layers: number
}

/** Of the residuals, from the first on, those that differ from the last. */
const residuals = (rest: BlockUse, firsts: BlockUse[] = []): Sublayer => ({
  ...rest,
  name: 'residual',
  ...(firsts.length > 0 && {
    except: firsts.map((use, layer) => ({ layers: [layer], ...use })),
  }),
})

const stages: readonly Stage[] = [
  {
    d_in: 64,
    d_model: 128,
    first: { kernel_fused: 3, scaled: 0 },
    n_layers: 2,
    layer: [residuals(residual({ kernel_fused: 3, scaled: 0 }))],
  },
  {
    d_in: 128,
    d_model: 256,
    first: { expansion: 6, kernel_before: 3, kernel_between: 5 },
    n_layers: 4,
    layer: [
      residuals(
        residual({ kernel_before: 3 }),
        [5, 3, 5].map((kernel_before) => residual({ kernel_before })),
      ),
    ],
  },
  {
    d_in: 256,
    d_model: 640,
    first: { expansion: 6, kernel_before: 5, kernel_between: 5 },
    n_layers: 22,
    layer: [
      {
        ...attending(block('strided-attention', { n_heads: 12, d_head: 64 })),
        except: [{ layers: { first: 8 }, block: null }],
      },
      {
        ...residual({ expansion: 2 }),
        name: 'residual',
        except: [
          { layers: { first: 7 }, ...residual({ kernel_before: 5 }) },
          { layers: { first: 8 }, ...residual({ expansion: 1 }) },
        ],
      },
    ],
  },
  {
    d_in: 640,
    d_model: 1280,
    first: { expansion: 6, kernel_before: 5, kernel_between: 5 },
    n_layers: 19,
    layer: [
      attending(block('attention', { n_heads: 16, n_kv_heads: 1, d_head: 96 })),
      residuals(residual({ expansion: 2 })),
    ],
  },
]

/** Overlapping squares of pixels, then the stages, then what puts the last two together. */
export function mobilenetTowers(intake: BlockUse): Tower[] {
  const { image_size, patch, width } = mobilenet
  const [finer, last] = stages.slice(-2).map(({ d_model }) => d_model)
  const bare: Omit<Tower, 'input'> = { role: 'vision', n_layers: 0, layer: [], output: [] }
  return [
    {
      ...bare,
      name: 'stem',
      feeds: 'stage-1',
      d_model: stages[0]!.d_in,
      input: [
        intake,
        block('patch-embedding', { patch, kernel: 3, bias: true }),
        { block: norms.rms },
      ],
    },
    ...stages.map(({ d_in, d_model, first, n_layers, layer }, place): Tower => ({
      ...bare,
      name: `stage-${place + 1}`,
      feeds: place + 1 < stages.length ? `stage-${place + 2}` : 'fusion',
      n_layers,
      d_model,
      input: [residual({ d_in, stride: 2, ...first })],
      layer,
    })),
    {
      ...bare,
      name: 'fusion',
      feeds: 'projector',
      d_model: width,
      input: [
        block('resized-grid', { side: image_size / patch / 8 }),
        residual({ d_in: finer! + last!, expansion: 2, scaled: 0 }),
        block('pool-patches', { side: 3 }),
        { block: norms.rms },
      ],
    },
  ]
}
