/** A part of the workload, as a step of a derivation. */
import { names } from '../../formulas/explanations.ts'
import type { Derivation, Workload } from '../types.ts'

export function explainWorkload(key: keyof Workload, workload: Workload): Derivation {
  const meta = names.find(({ name }) => name === key)
  return {
    address: `workload.${key}`,
    // The context is the one part that no formula reads: a pass has new tokens and past ones.
    label: meta?.label ?? 'Tokens of the context',
    value: workload[key] ?? 0,
    unit: meta?.unit ?? '',
    inputs: [],
    origin: 'workload',
  }
}
