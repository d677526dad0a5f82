/** Numbers as people read them: 8,030,261,248; 8.03B; 1.07 GB. */

/** Every digit, with thousands separated: 8,030,261,248. By hand, since the first use of Intl takes longer than a model's cost. */
export function formatExact(value: number): string {
  const [whole = '', fraction] = decimalsOf(value).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

/** Twenty decimals at most where JavaScript would write a power of ten: 0.0000001 for 1e-7. */
const decimalsOf = (value: number): string =>
  value !== 0 && Math.abs(value) < 1e-6
    ? value.toFixed(20).replace(/\.?0+$/, '')
    : plainDigitsOf(value)

/** Every digit without thousands separated, as a program reads it back: 8030261248. */
export const plainDigitsOf = (value: number): string => String(everyDigit(value))

/** Beyond 2^53 the shortest decimal of a double is another number: what is printed is the integer that the double is. */
const everyDigit = (value: number): number | bigint =>
  Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value

/** Four significant digits with a letter: 8.030B, 128.0k; small whole numbers as they are. */
export function formatShort(value: number): string {
  const { digits, power } = scaled(value, 1000, 4)
  return digits + ['', 'k', 'M', 'B', 'T'][power]
}

/** As `formatShort`, with an SI prefix before a unit: 16.06 TFLOP. */
export function formatSi(value: number, unit: string): string {
  const { digits, power } = scaled(value, 1000, 7)
  return `${digits} ${['', 'k', 'M', 'G', 'T', 'P', 'E', 'Z'][power]}${unit}`
}

/** Bytes with four significant digits, always labelled: 1.074 GB, or with powers of 1024 1.000 GiB; below 1 kB whole ones. */
export function formatBytes(value: number, base: 'GB' | 'GiB' = 'GB'): string {
  const step = base === 'GB' ? 1000 : 1024
  const { digits, power } = scaled(
    Math.abs(value) < step ? Math.round(value) || value : value,
    step,
    5,
  )
  const prefix = ['', 'k', 'M', 'G', 'T', 'P'][power]!
  return power === 0
    ? `${digits} B`
    : base === 'GB'
      ? `${digits} ${prefix}B`
      : `${digits} ${prefix.toUpperCase()}iB`
}

/** A value as four significant digits and a power of the base, no higher than `highest`. */
function scaled(value: number, base: number, highest: number): { digits: string; power: number } {
  if (Number.isInteger(value) && Math.abs(value) < base) return { digits: String(value), power: 0 }
  const rounded = (power: number): number => Number((value / base ** power).toPrecision(4))
  let power = 0
  // Compared after rounding, which may reach the next power: 999,960 is 1.000M.
  while (power < highest && Math.abs(rounded(power)) >= base) power++
  const digits = rounded(power)
  if (power === 0) return { digits: String(digits), power }
  return { digits: Math.abs(digits) >= 10_000 ? formatExact(digits) : digits.toPrecision(4), power }
}
