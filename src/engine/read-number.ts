/** Numbers as people write them: `128k`, `64Ki`, `7B`, `80GB`, `80GiB`, `1e24`. */
import { formatExact } from './numbers.ts'

/** What was wrong with a number, in words that say what to write instead. */
export class NumberError extends Error {
  override name = 'NumberError'
}

export interface ReadNumber {
  value: number
  /** `byte` for 80GB and 80GiB; 7B is seven billion. */
  unit: 'byte' | null
}

const decimalPower: Record<string, number> = { '': 0, k: 3, m: 6, b: 9, g: 9, t: 12, p: 15 }
const binaryPower: Record<string, number> = { k: 1, m: 2, g: 3, t: 4, p: 5 }
const forms =
  'write a number such as 8192, 1_000, 1e24, 128k (thousand), 64Ki (1024), 7B (billion), 80GB or 80GiB'

/**
 * Reads a number with an optional suffix. k, M, B or G, T and P are powers of 1000, Ki, Mi, Gi, Ti and Pi of 1024;
 * kB, MB, GB and KiB, MiB, GiB and so on are bytes.
 * @throws NumberError
 */
export function parseQuantity(text: string): ReadNumber {
  const trimmed = text.trim()
  const match = /^([+-]?(?:\d[\d_,]*(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)\s*([a-z]*)$/i.exec(trimmed)
  if (match === null) throw new NumberError(`${quote(trimmed)} is not a number; ${forms}`)
  const digits = plainDigits(match[1]!, trimmed)
  const { power, base, unit } = parseSuffix(match[2]!, trimmed)
  // Moving the decimal point in the text rounds once; multiplying would round twice.
  const value = base === 1000 ? Number(withExponent(digits, power)) : Number(digits) * 1024 ** power
  if (!Number.isFinite(value))
    throw new NumberError(`${quote(trimmed)} is too large to compute with`)
  return { value, unit }
}

const quote = (text: string): string =>
  text === '' ? 'an empty text' : `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`

function plainDigits(digits: string, whole: string): string {
  if (digits.includes(',') && !/^[+-]?\d{1,3}(,\d{3})+(\.\d*)?(e|$)/i.test(digits))
    throw new NumberError(
      `the commas in ${quote(whole)} do not separate thousands; write the decimal point as .`,
    )
  if (/__|_\D|_$/.test(digits))
    throw new NumberError(
      `an underscore in ${quote(whole)} does not stand between digits; write 1_000`,
    )
  return digits.replace(/[,_]/g, '')
}

function withExponent(digits: string, power: number): string {
  const [mantissa, exponent] = digits.toLowerCase().split('e')
  return `${mantissa}e${Number(exponent ?? 0) + power}`
}

function parseSuffix(
  suffix: string,
  whole: string,
): { power: number; base: 1000 | 1024; unit: 'byte' | null } {
  const binary = /^([kmgtp])i(B?)$/i.exec(suffix)
  const bytes = /^([kmgtp])B$/i.exec(suffix)
  if (binary?.[2] === 'b' || bytes?.[0].endsWith('b'))
    throw new NumberError(`${quote(whole)} reads as bits; bytes end in B, as in 80GB or 80GiB`)
  if (binary)
    return {
      power: binaryPower[binary[1]!.toLowerCase()]!,
      base: 1024,
      unit: binary[2] === '' ? null : 'byte',
    }
  if (bytes) return { power: decimalPower[bytes[1]!.toLowerCase()]!, base: 1000, unit: 'byte' }
  const power = Object.hasOwn(decimalPower, suffix.toLowerCase())
    ? decimalPower[suffix.toLowerCase()]
    : undefined
  if (power === undefined)
    throw new NumberError(`${quote(suffix)} in ${quote(whole)} is not a suffix; ${forms}`)
  return { power, base: 1000, unit: null }
}

/** What a number must be, where a field or an option asks for it. */
export interface Wanted {
  /** What it is called in messages: `--context`. */
  what: string
  unit?: 'byte'
  whole?: boolean
  min?: number
}

/** Reads a number that must be of some kind. @throws NumberError that begins with `what` */
export function parseNumber(text: string, { what, unit, whole = false, min }: Wanted): number {
  let read: ReadNumber
  try {
    read = parseQuantity(text)
  } catch (error) {
    throw new NumberError(`${what}: ${(error as Error).message}`)
  }
  if (read.unit === 'byte' && unit !== 'byte')
    throw new NumberError(`${what}: "${text}" is a number of bytes, and a plain number is wanted`)
  if (whole && !Number.isSafeInteger(read.value))
    throw new NumberError(`${what}: "${text}" is not a whole number below 2^53`)
  if (min !== undefined && read.value < min)
    throw new NumberError(`${what}: "${text}" is below ${formatExact(min)}, the least it can be`)
  return read.value
}
