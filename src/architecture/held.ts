/** The distinct blocks of a stack: one that stands in several groups of layers alike is computed once for all of them. */
import type { HeldBlock, LayerGroup, PlacedBlock } from './model.ts'

export function holdOnce(
  input: readonly PlacedBlock[],
  groups: readonly LayerGroup[],
  output: readonly PlacedBlock[],
): HeldBlock[] {
  const held: HeldBlock[] = []
  const hold = ({ formulas, settings }: PlacedBlock, times: number, capacity?: number): void => {
    const block = { formulas, settings, times, capacity }
    const same = held.find((other) => isSame(block, other))
    if (same) same.times += times
    else held.push(block)
  }
  for (const block of input) hold(block, 1)
  for (const { blocks, layers, routed } of groups) {
    for (const block of blocks) hold(block, layers.length, routed?.capacity)
    // The router itself sees all tokens.
    if (routed) hold(routed.router, layers.length)
  }
  for (const block of output) hold(block, 1)
  return held
}

/** Blocks of the same formulas have the same settings, by name. */
function isSame(one: HeldBlock, other: HeldBlock): boolean {
  if (one.formulas !== other.formulas || one.capacity !== other.capacity) return false
  for (const name in one.settings) if (one.settings[name] !== other.settings[name]) return false
  return true
}
