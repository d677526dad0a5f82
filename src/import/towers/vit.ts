/** Pieces that vision transformers are put together from. */
import type { BlockUse, Norm, Sublayer } from '../../architecture/schema.ts'
import { block, gatedFfn, norms, plainFfn } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { asBlocks, plainAttention, steps } from '../stacks.ts'
import type { SeenBy } from './vision-kind.ts'

/** A layer with norms before its steps and biases everywhere. */
export const plainLayer = (c: Reader): Sublayer[] =>
  steps(norms.layer, 'before', {
    mixer: plainAttention(c.count('num_attention_heads')),
    ffn: plainFfn(c, { bias: true }),
  })

/** A layer with RMSNorm before its steps, a gated network, and biases as they are said. */
export const gatedLayer = (
  c: Reader,
  { bias = false, width }: { bias?: boolean; width?: number } = {},
): Sublayer[] =>
  steps(norms.rms, 'before', {
    mixer: block('attention', { n_heads: c.count('num_attention_heads') }),
    ffn: gatedFfn(c, { bias, ...(width !== undefined && { width }) }),
  })

/** How patches enter a tower. */
export interface Entrance {
  /** Their side in pixels. */
  patch: number
  channels?: number
  /** Frames that a patch reaches over. */
  frames?: number
  bias?: boolean
  /** Vectors before them. */
  n_prefix?: number
  /** Rows of the table of positions; none where they are turned or not told apart. */
  rows?: number | undefined
  /** Before the first layer. */
  norm?: Norm
}

export const entrance = ({
  patch,
  channels,
  frames = 1,
  bias = false,
  n_prefix = 0,
  rows,
  norm = null,
}: Entrance): BlockUse[] => [
  block('patch-embedding', {
    patch,
    ...(channels !== undefined && channels !== 3 && { channels }),
    ...(frames !== 1 && { frames }),
    bias,
  }),
  ...(n_prefix > 0
    ? [block('prefix-tokens', { ...(n_prefix !== 1 && { n_vectors: n_prefix }) })]
    : []),
  ...(rows === undefined ? [] : [block('learned-positions', { max_positions: rows })]),
  ...asBlocks(norm),
]

/** Patches of a square image. */
export const patchesOf = (image_size: number, patch: number): number =>
  Math.floor(image_size / patch) ** 2

/** What patches of a square image, and a class token before them, run through. */
export const classTokenTower = (
  c: Reader,
  {
    image_size,
    patch,
    d_model = c.count('hidden_size'),
    ...said
  }: { image_size: number; patch: number; d_model?: number } & Partial<Entrance>,
  layer: Sublayer[],
  output: BlockUse[],
): SeenBy => ({
  image_size,
  patch,
  n_prefix: 1,
  tower: {
    n_layers: c.count('num_hidden_layers'),
    d_model,
    input: entrance({
      patch,
      channels: c.count('num_channels'),
      n_prefix: 1,
      rows: patchesOf(image_size, patch) + 1,
      ...said,
    }),
    layer,
    output,
  },
})

/** A side that a config says as one number, or as two that are equal. */
export function side(c: Reader, key: string): number {
  const [first, second = first] = c.wholeNumbers(key, 0)
  if (first === undefined || first < 1 || first !== second)
    throw c.unsupported(key, 'is no square, and others are not modelled')
  return first
}
