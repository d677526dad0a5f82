/** What makes two models differ, in words: blocks by their titles, settings by their labels. */
import { lowered } from '../parts/lowered.ts'
import type { Cause } from '../../engine/ask/compare/why.ts'
import { blocks } from '../../formulas/all-blocks.ts'

/** @param sides what the two models are called */
export function causeLabel(
  { kind, label, a, b }: Cause,
  sides: readonly [a: string, b: string],
): string {
  if (kind !== 'block') return label
  const [here, there] = [titleOf(a), titleOf(b)]
  return here !== null && there !== null
    ? `${there} for ${lowered(here)}`
    : `${here ?? there ?? label}, only in ${sides[here === null ? 1 : 0]}`
}

const titleOf = (name: Cause['a']): string | null =>
  name === null ? null : (blocks[String(name)]?.title ?? String(name))
