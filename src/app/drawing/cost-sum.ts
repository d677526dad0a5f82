/** Adds up the costs of like groups of layers. */
import type { Cost } from '../../engine/index.ts'

export const sumOfCosts = (one: Cost, other: Cost): Cost => sum(one, other) as Cost

function sum(one: unknown, other: unknown): unknown {
  if (typeof one === 'number' && typeof other === 'number') return one + other
  if (typeof one !== 'object' || one === null || Array.isArray(one)) return one
  const others = other as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(one).map(([name, value]) => [name, sum(value, others[name])]),
  )
}
