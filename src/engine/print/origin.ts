/** Where a setting's value comes from, in a word. */
import type { Derivation } from '../types.ts'

const words = {
  given: 'given',
  default: 'default',
  workload: 'workload',
  model: 'from the model',
  device: 'of the device',
  changed: 'changed',
} as const

export const originText = ({
  origin,
  equation,
}: Pick<Derivation, 'origin' | 'equation'>): string | null => {
  if (origin === undefined) return null
  return origin === 'default' && equation !== undefined ? 'follows' : words[origin]
}
