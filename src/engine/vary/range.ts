/** Values of a setting as people write them: `128k`, `true`, `none`, `q4_k`; `1k..1M:log:200`, `16..64:step:8`, `1,2,4`. */
import { ArchcostError } from '../../architecture/errors.ts'
import { didYouMean } from '../../formulas/index.ts'
import { bytesInFormat, weightFormats } from '../../architecture/formats.ts'
import { NumberError, parseQuantity } from '../read-number.ts'
import type { Ranged } from './ranged.ts'
import type { SettingValue } from './setting.ts'
import { checkValue } from './value.ts'

export const rangeWords = [
  '1,2,4 is a list. 16..64 is every whole number, 16..64:step:8 every eighth from 16, 16..64:linear:7 seven values at equal',
  'distances, 1k..1M:log:200 two hundred at equal ratios, 1k..1M:powers the powers of two between.',
].join('\n')

const formats = weightFormats.map(({ name }) => name)
const mostValues = 1_000_000

const fail = (what: string, message: string): never => {
  throw new ArchcostError('invalid_workload', message, what)
}

/** @throws ArchcostError where the text is no value of the setting */
export function parseValue(setting: Ranged, text: string): SettingValue {
  const word = text.trim()
  const value = readValue(setting, word)
  checkValue(setting, value)
  return value
}

function readValue({ address, kind, of, format }: Ranged, word: string): SettingValue {
  if (word === 'none' || word === 'null') return null
  if (kind === 'choice')
    return of.includes(word)
      ? word
      : fail(address, `${word} is none of ${of.join(', ')}${didYouMean(word, of)}`)
  if (kind === 'flag')
    return word === 'true' || word === '1'
      ? true
      : word === 'false' || word === '0'
        ? false
        : fail(address, `${word} is given, but true or false is expected`)
  return (format ? bytesInFormat(word) : undefined) ?? number(address, word, format ? formats : [])
}

function number(address: string, word: string, known: readonly string[] = []): number {
  if (/^\S+:\S/.test(word))
    fail(address, `"${word}" is neither a number nor a range, which is first..last as in 1k..1M`)
  try {
    return parseQuantity(word).value
  } catch (error) {
    if (!(error instanceof NumberError)) throw error
    return fail(
      address,
      `${error.message}${known.length === 0 ? '' : didYouMean(word, known) || `; or one of ${known.join(', ')}, or bits as in 4.85bits`}`,
    )
  }
}

/**
 * The values that a range or a list means, each once, in order.
 * @throws ArchcostError where it is neither
 */
export function parseRange(setting: Ranged, text: string): SettingValue[] {
  const range = /^(.+?)\.\.([^:]+)(?::(.*))?$/s.exec(text.trim())
  const values = range
    ? spread(setting, range[1]!, range[2]!, range[3])
    : text.split(',').map((word) => parseValue(setting, word))
  return distinct(values)
}

const distinct = <Value>(values: readonly Value[]): Value[] => [...new Set(values)]

function spread(setting: Ranged, first: string, last: string, how: string | undefined): number[] {
  const { address, kind } = setting
  if (kind !== 'whole' && kind !== 'number') fail(address, 'has no range; list its values')
  const [low, high] = [parseValue(setting, first), parseValue(setting, last)] as [number, number]
  if (low === null || high === null || low > high)
    fail(address, `${first}..${last} does not lead up; the smaller number stands first`)
  const [scale = 'every', amount] = how === undefined ? [] : how.split(':')
  const values = along(setting, low, high, scale, amount)
  const fitting = kind === 'whole' ? values.map(Math.round) : values
  if (fitting.length === 0) fail(address, `there is no value in ${first}..${last}:${how}`)
  return fitting
}

function along(
  { address, kind }: Ranged,
  low: number,
  high: number,
  scale: string,
  amount: string | undefined,
): number[] {
  const how = (count: number, at: (place: number) => number): number[] => {
    if (count > mostValues) fail(address, `has ${count} values; ${mostValues} are the most`)
    return Array.from({ length: count }, (_, place) => at(place))
  }
  const counted = (): number => {
    const count = number(address, amount ?? '')
    return Number.isInteger(count) && count >= 2
      ? count
      : fail(address, `${amount} is not a number of values; at least 2 are expected`)
  }
  switch (scale) {
    case 'every':
      if (kind === 'number')
        fail(
          address,
          'is no whole number, so a range needs to say how many values: 0.5..2:linear:4',
        )
      return how(high - low + 1, (place) => low + place)
    case 'step': {
      const step = number(address, amount ?? '')
      if (!(step > 0)) fail(address, `${amount} is no step; a number above 0 is expected`)
      return how(Math.floor((high - low) / step + 1e-9) + 1, (place) => low + place * step)
    }
    case 'linear': {
      const count = counted()
      return how(count, (place) => low + ((high - low) * place) / (count - 1))
    }
    case 'log': {
      const count = counted()
      if (low <= 0) fail(address, 'a range at equal ratios begins above 0')
      return how(count, (place) =>
        place === count - 1 ? high : low * (high / low) ** (place / (count - 1)),
      )
    }
    case 'powers': {
      const least = Math.ceil(Math.log2(Math.max(low, Number.MIN_VALUE)))
      return how(
        Math.max(0, Math.floor(Math.log2(high)) - least + 1),
        (place) => 2 ** (least + place),
      )
    }
    default:
      return fail(
        address,
        `${scale} is no way to walk a range${didYouMean(scale, ['step', 'linear', 'log', 'powers'])}; write low..high, then :step:S, :linear:N, :log:N or :powers`,
      )
  }
}
