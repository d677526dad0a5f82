/** A part of the workload, as a step of a derivation. */
import { formatOf, formatRoles, mixtureNamed } from '../../architecture/formats.ts'
import type { Model } from '../../architecture/model.ts'
import { names } from '../../formulas/explanations.ts'
import { formatWords } from '../../formulas/generated/format-words.ts'
import type { Derivation, Workload } from '../types.ts'
import { bytesOfWeights } from '../../architecture/weight-bytes.ts'

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

/** The bytes of a weight of a role, by the name of its format; on average where its matrices differ. */
export function explainFormat(role: string, model: Model, { weights }: Workload): Derivation {
  const format = formatOf(weights, role)
  const mixture = typeof format === 'string' ? mixtureNamed(format) : undefined
  const known = mixture
    ? { of: mixture.about, source: mixture.source }
    : formatWords[String(format).replace(/-g\d+$/, '')]
  return {
    address: `workload.weights.${role}`,
    label: typeof format === 'number' ? 'Bytes of a weight' : `Bytes of a weight in ${format}`,
    value: bytesOfWeights(model, weights)[formatRoles.indexOf(role)]!,
    unit: 'byte',
    inputs: [],
    origin: 'workload',
    ...(known?.of === undefined
      ? {}
      : { why: `${known.of[0]!.toUpperCase()}${known.of.slice(1)}.` }),
    ...(known?.source === undefined ? {} : { source: known.source }),
  }
}
