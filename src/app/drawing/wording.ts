/** How amounts are written in a drawing, and what its columns are headed by. */
import type { Evaluated } from '../models/evaluated.ts'
import { written, type Manner } from '../results/show.ts'
import type { Area } from './areas.ts'
import type { Figure } from './figure.ts'

export interface Wording {
  write: (amount: number) => string
  writeBytes: (bytes: number) => string
  areaTitle: (figure: Figure) => string
  railTitle: (end: number) => string
  /** Of the units of bytes. */
  base: 1000 | 1024
  /** Whether bars beside the bands say what is kept: not where that is the area itself. */
  railed: boolean
}

export function wordingOf(
  { title, counted, id }: Area,
  bytes: Manner['bytes'],
  { workload }: Evaluated,
): Wording {
  const manner = { bytes, flops_per_mac: workload.flops_per_mac }
  const write = (amount: number): string => withSpace(written(amount, counted, manner))
  const writeBytes = (amount: number): string => written(amount, 'byte', manner)
  return {
    write,
    writeBytes,
    areaTitle: ({ total, hasTowers }) =>
      total === null
        ? `${title}: does not apply to this model`
        : `${title}: area, ${write(total)} in all${hasTowers ? ', with towers' : ''}`,
    railTitle: (end) => `KV cache, 0 to ${writeBytes(end).replace(/\.0+(?= )/, '')}`,
    base: bytes === 'GB' ? 1000 : 1024,
    railed: id !== 'cache',
  }
}

/** `671.0 B`: written together an amount of parameters reads as one word. */
const withSpace = (text: string): string => text.replace(/(\d)([A-Z])$/, '$1 $2')
