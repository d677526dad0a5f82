/** What an allocator of memory rounds the tensors of a rank's weights up by, as PyTorch's caching allocator does. */
import type { PlacedBlock } from '../../architecture/model.ts'
import type { Shares } from '../../formulas/runtime.ts'
import type { Stage } from './rank.ts'

/** Bytes from which a tensor has a segment of its own, of a multiple of so many; and the most that is not split off. */
const [own, segment, unsplit] = [10 * 2 ** 20, 2 * 2 ** 20, 2 ** 20]

type BytesOf = (matrix: { role: string; is: string }) => number

export interface Rests {
  /** Bytes by which segments are larger than the tensors in them. */
  all: number
  /** Those of them that count as the tensor's, since they are too small to be split off. */
  unsplit: number
}

/**
 * Over all tensors that blocks say the shapes of, those that runtimes join taken as one.
 * Source: PyTorch, c10/cuda/CUDACachingAllocator.cpp (kMinLargeAlloc, kRoundLarge, should_split).
 * @param bytesOf bytes of a weight of a matrix
 */
export function restsOf({ blocks, towers }: Stage, bytesOf: BytesOf): Rests {
  const placed = [
    ...blocks.map(({ block, shares, copies }) => ({ block, shares, copies })),
    ...towers.map(({ block, shares, layers }) => ({ block, shares, copies: layers })),
  ]
  const rests: Rests = { all: 0, unsplit: 0 }
  for (const { block, shares, copies } of placed)
    for (const size of tensorsOf(block, shares, bytesOf)) {
      const rest = size < own ? 0 : Math.ceil(size / segment) * segment - size
      rests.all += copies * rest
      if (rest <= unsplit) rests.unsplit += copies * rest
    }
  return rests
}

/** Bytes of each tensor of a block on a rank. */
function tensorsOf(block: PlacedBlock, shares: Shares, bytesOf: BytesOf): number[] {
  const sizes = new Map<string, number>()
  for (const matrix of block.formulas.matrices?.(block.settings) ?? []) {
    const { role, cut, joined, inputs, outputs, copies } = matrix
    const { held, of } = shares[cut]
    const size = (bytesOf(matrix) * copies * inputs * outputs * held) / of
    const name = `${role} ${joined}`
    sizes.set(name, (sizes.get(name) ?? 0) + size)
  }
  return [...sizes.values()]
}
