/** A part of the workload, as a step of a derivation. */
import { bytesInFormat, formatOf, weightFormats } from '../../architecture/formats.ts'
import { names } from '../../formulas/explanations.ts'
import type { Derivation, Workload } from '../types.ts'

export function explainWorkload(
  key: Exclude<keyof Workload, 'weights' | 'images'>,
  workload: Workload,
): Derivation {
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

/** The bytes of a weight of a role, by the name of its format. */
export function explainFormat(role: string, { weights }: Workload): Derivation {
  const format = formatOf(weights, role)
  const known = weightFormats.find(({ name }) => name === format)
  return {
    address: `workload.weights.${role}`,
    label: typeof format === 'number' ? 'Bytes of a weight' : `Bytes of a weight in ${format}`,
    value: typeof format === 'number' ? format : bytesInFormat(format)!,
    unit: 'byte',
    inputs: [],
    origin: 'workload',
    ...(known?.of === undefined
      ? {}
      : { why: `${known.of[0]!.toUpperCase()}${known.of.slice(1)}.` }),
    ...(known?.source === undefined ? {} : { source: known.source }),
  }
}
