/** Formats of weights by role: `{"experts": "mxfp4", "default": "bf16"}`, and the bytes of a weight in each. */
import { classes, didYouMean, show, type Formats } from '../formulas/index.ts'
import type { WeightFormat } from '../formulas/data.ts'
import { weightFormats } from '../formulas/generated/weight-formats.ts'
import type { Mixture } from '../formulas/mixtures.ts'
import { knownMixtures } from '../formulas/registry.ts'
import { ArchcostError, type ErrorCode } from './errors.ts'

export { weightFormats }
export type { Formats }

/** What a format can be said for, `default` aside. */
export const formatRoles: readonly string[] = classes.format

/** Of a model that says nothing of its weights. */
export const sixteenBit: Formats = { default: 'bf16' }

const roles: readonly string[] = ['default', ...formatRoles]
const most = 1e12
const formatByName = new Map(weightFormats.map((format) => [format.name, format]))
const knownBits = new Map(weightFormats.map(({ name, bits }) => [name, bits]))

/** A mixture of formats by its name: `q4_k_m`, `awq`. */
export const mixtureNamed = (text: string): Mixture | undefined =>
  knownMixtures.get(text.trim().toLowerCase())

/** A format by its name, one with groups of any size. */
export function formatNamed(text: string): WeightFormat | undefined {
  const name = text.trim().toLowerCase()
  return (
    formatByName.get(name) ??
    weightFormats.find(({ in_groups }) => in_groups?.name === name.replace(/-g\d+$/, ''))
  )
}

/**
 * Bytes that a weight takes in a format: `q4_k`; `awq-int4-g64`, a format with a scale for each 64; or one of one's own by
 * its bits, `4.85 bits`. Undefined where it is none of these.
 */
export function bytesInFormat(text: string): number | undefined {
  const known = knownBits.get(text)
  if (known !== undefined) return known / 8
  const name = text.trim().toLowerCase()
  if (name !== text) return bytesInFormat(name)
  const [, family, group] = /^(.+?)(?:-g(\d{1,6}))?$/.exec(name) ?? []
  const grouped = weightFormats.find((format) => format.in_groups?.name === family)?.in_groups
  if (grouped)
    return Number(group ?? 1) === 0 ? undefined : grouped.bits(Number(group ?? grouped.of)) / 8
  const bits = /^(\d+(?:\.\d+)?)\s*bits?$/.exec(name)?.[1]
  return bits === undefined || Number(bits) === 0 ? undefined : Number(bits) / 8
}

/**
 * Formats as a document or a workload says them. @throws ArchcostError that names the role, what was found, what is expected
 */
export function readFormats(said: unknown, code: ErrorCode): Formats {
  if (typeof said !== 'object' || said === null || Array.isArray(said))
    throw new ArchcostError(
      code,
      `${show(said)} is given, but formats by role are expected, as {"experts": "mxfp4", "default": "bf16"}`,
      'weights',
    )
  for (const [role, format] of Object.entries(said)) {
    if (!roles.includes(role))
      throw new ArchcostError(
        code,
        `is none of ${roles.join(', ')}${didYouMean(role, roles)}`,
        `weights.${role}`,
      )
    if (typeof format === 'string' && mixtureNamed(format)) continue
    if (!isFormat(format)) refuseFormat(format, `weights.${role}`, code, [...knownMixtures.keys()])
  }
  return said as Formats
}

/**
 * Bytes of an element in one format, as a document says it at a key.
 * @throws ArchcostError that names the key, what was found, what is expected
 */
export const readFormat = (said: unknown, key: string, code: ErrorCode): number =>
  isFormat(said) ? bytesOf(said) : refuseFormat(said, key, code)

const isFormat = (said: unknown): boolean => bytesOf(said) > 0 && bytesOf(said) <= most

function refuseFormat(
  format: unknown,
  key: string,
  code: ErrorCode,
  mixtures: readonly string[] = [],
): never {
  const names = [...weightFormats.map(({ name }) => name), ...mixtures]
  throw new ArchcostError(
    code,
    `${show(format)} is given, but a format or bytes above 0 are expected${(typeof format === 'string' && didYouMean(format, names)) || `; formats are ${names.join(', ')}, or bits as in 4.85bits`}`,
    key,
  )
}

const bytesOf = (format: unknown): number =>
  typeof format === 'number'
    ? format
    : typeof format === 'string'
      ? (bytesInFormat(format) ?? NaN)
      : NaN

/** The format of a role, by the formats that are said. */
export const formatOf = (formats: Formats, role: string): string | number =>
  formats[role] ?? formats['default'] ?? 'bf16'

/** Bytes of a weight for each of `formatRoles`. */
export function bytesByRole(formats: Formats): number[] {
  const others = bytesOf(formatOf(formats, 'default'))
  return formatRoles.map((role) => (formats[role] === undefined ? others : bytesOf(formats[role])))
}

/** Bytes of every weight, null where roles or matrices differ. */
export function bytesOfAll(formats: Formats): number | null {
  const mixed = Object.values(formats).some(
    (format) => typeof format === 'string' && mixtureNamed(format),
  )
  if (mixed) return null
  const [first, ...others] = bytesByRole(formats)
  return others.every((each) => each === first) ? first! : null
}

/** `bf16`, `fp8` for one byte that was given as a number, `0.53125 bytes`. */
export function formatName(format: string | number): string {
  const names: Record<number, string> = { 4: 'fp32', 2: 'bf16', 1: 'fp8', 0.5: '4 bits' }
  return typeof format === 'string'
    ? format
    : (names[format] ?? `${Number(format.toPrecision(4))} bytes`)
}

/** In words: `bf16`; `mxfp4 experts, the rest bf16`; `fp8-block attention, experts and head, the rest bf16`. */
export function writeFormats(formats: Formats): string {
  const rest = formatName(formatOf(formats, 'default'))
  const named = new Map<string, string[]>()
  for (const role of formatRoles) {
    const name = formatName(formatOf(formats, role))
    if (name !== rest) named.set(name, [...(named.get(name) ?? []), role.replaceAll('_', ' ')])
  }
  const parts = [...named].map(([name, those]) => `${name} ${listed(those)}`)
  return parts.length === 0 ? rest : `${parts.join(', ')}, the rest ${rest}`
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
