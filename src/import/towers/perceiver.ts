/** Perceiver resamplers: learned rows that sum up an image, layer by layer. */
import type { BlockUse, Tower } from '../../architecture/schema.ts'
import { block } from '../parts.ts'

export interface Resampler {
  n_layers: number
  d_model: number
  n_rows: number
  norm: string
  attention: Record<string, unknown>
  ffn: BlockUse
  /** What leads rows to its width. */
  input?: BlockUse[]
}

export const resampler = ({
  n_layers,
  d_model,
  n_rows,
  norm,
  attention,
  ffn,
  input = [],
}: Resampler): Pick<Tower, 'n_layers' | 'd_model' | 'input' | 'layer' | 'output'> => ({
  n_layers,
  d_model,
  input: [...input, block('learned-rows', { n_rows })],
  layer: [
    // That of the rows which are summed up.
    { name: 'source-norm', block: norm },
    { ...block('perceiver-attention', attention), name: 'mixer', before: norm },
    { ...ffn, name: 'ffn', before: norm },
  ],
  output: [{ block: norm }],
})
