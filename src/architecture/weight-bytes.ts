/** Bytes of the weights of a model in its formats: by role alone, or by matrix and layer where a mixture says so. */
import {
  bytesInFormat,
  bytesByRole,
  formatNamed,
  formatOf,
  formatRoles,
  mixtureNamed,
  type Formats,
} from './formats.ts'
import type { Model } from './model.ts'
import type { Mixture, MixtureRule } from '../formulas/mixtures.ts'
import { storedMatrices, type StoredMatrix } from './matrices.ts'

/**
 * Bytes of a weight for each of `formatRoles`, on average where the weights of a role differ: times the weights that are
 * stored it gives their bytes, scales included.
 */
export const bytesOfWeights = (model: Model, formats: Formats): readonly number[] =>
  formats === model.weights ? model.weight_bytes : countBytes(model.stacks, formats)

/** The same of stacks, whose weights may be in other formats. */
export function countBytes(stacks: Model['stacks'], formats: Formats): readonly number[] {
  if (!goByMatrix(formats)) return bytesByRole(formats)
  const said = formatRoles.map((role) => formatOf(formats, role))
  const matrices = storedMatrices(stacks)
  return formatRoles.map((role, index) => {
    const format = said[index]!
    const those = matrices.filter((matrix) => matrix.role === role)
    const weights = those.reduce((sum, matrix) => sum + matrix.weights, 0)
    if (weights === 0 || !goesByMatrix(format)) return bytesIn(format)
    return average(
      those.reduce((sum, matrix) => sum + bytesOf(matrix, format as string), 0),
      weights,
    )
  })
}

/**
 * Bytes of a weight of a matrix, scales left out, as most of its kind have them: those of the layer in the middle where a
 * mixture chooses by layers.
 */
export function usualBytes(
  stacks: Model['stacks'],
  formats: Formats,
): (matrix: { role: string; is: string }) => number {
  const kinds = new Map<string, StoredMatrix[]>()
  for (const matrix of goByMatrix(formats) ? storedMatrices(stacks) : []) {
    const name = `${matrix.role} ${matrix.is}`
    kinds.set(name, [...(kinds.get(name) ?? []), matrix])
  }
  return ({ role, is }) => {
    const format = formatOf(formats, role)
    const alike = kinds.get(`${role} ${is}`)
    const mixture = typeof format === 'string' ? mixtureNamed(format) : undefined
    if (!mixture || !alike) return bytesIn(format)
    return bytesInFormat(formatIn(mixture, alike[Math.floor(alike.length / 2)]!))!
  }
}

/** Whether the format of some role is not said by the role alone. */
export const goByMatrix = (formats: Formats): boolean => Object.values(formats).some(goesByMatrix)

const goesByMatrix = (format: string | number): boolean =>
  typeof format === 'string' && (mixtureNamed(format) ?? formatNamed(format)?.beside) !== undefined

function bytesIn(format: string | number): number {
  if (typeof format === 'number') return format
  return bytesInFormat(mixtureNamed(format)?.format ?? format)!
}

/** A quotient that times its divisor gives the dividend, as far as numbers allow. */
function average(bytes: number, weights: number): number {
  const each = bytes / weights
  const near = [each, each * (1 + Number.EPSILON), each * (1 - Number.EPSILON)]
  return near.find((value) => value * weights === bytes) ?? each
}

function bytesOf(matrix: StoredMatrix, format: string): number {
  const mixture = mixtureNamed(format)
  const name = mixture ? formatIn(mixture, matrix) : format
  const { weights, copies, place } = matrix
  const beside = place.inputs > 0 ? formatNamed(name)?.beside : undefined
  return weights * bytesInFormat(name)! + (beside ? copies * beside(place) : 0)
}

/** The format that a mixture puts a matrix in. */
export function formatIn({ rules, after, format }: Mixture, matrix: StoredMatrix): string {
  const first = rules.find((rule) => holds(rule, matrix))?.format ?? format
  return after.reduce(
    (chosen, rule) =>
      (rule.instead_of?.includes(chosen) ?? true) && holds(rule, matrix) ? rule.format : chosen,
    first,
  )
}

const holds = ({ roles, is, when }: MixtureRule, matrix: StoredMatrix): boolean =>
  (roles?.includes(matrix.role) ?? true) &&
  (is?.includes(matrix.is) ?? true) &&
  (when?.(matrix.place) ?? true)
