/** Where lines of a chart stand: the plot in its frame, the axes, and what is written beside them. */
import type { Series } from './series.ts'

export interface Plot {
  /** Along the bottom, rising. */
  places: readonly number[]
  /** Of the value axis, which is logarithmic. */
  range: readonly [number, number]
  /** Whether the axis below is logarithmic. */
  isLog: boolean
  /** Pixels beside the plot. */
  left: number
  right: number
  top: number
  height: number
}

/** In pixels: of the whole, of the axis below, and of the one to the left. */
export const height = 320
export const below_plot = 46
export const beside_plot = 92

/** From 0 to 1 along the bottom. */
export const shareAcross = ({ places, isLog }: Plot, place: number): number =>
  shareOf(place, [places[0]!, places.at(-1)!], isLog)

/** From 0 at the top to 1. */
export const shareDown = ({ range }: Plot, value: number): number => 1 - shareOf(value, range, true)

const shareOf = (value: number, [low, high]: readonly [number, number], isLog: boolean): number =>
  high === low
    ? 0.5
    : isLog
      ? Math.log(value / low) / Math.log(high / low)
      : (value - low) / (high - low)

/** What lines and levels take of the value axis. What hardly changes looks so: it spans a factor of ten at least. */
export function rangeOf(
  series: readonly Series[],
  levels: readonly { value: number }[],
): readonly [number, number] {
  const all = [...series.flatMap(({ values }) => values), ...levels.map(({ value }) => value)]
  // A logarithmic axis has no place for 0.
  const heights = all.filter((value): value is number => value !== null && value > 0)
  if (heights.length === 0) return [1, 10]
  const [low, high] = [Math.min(...heights), Math.max(...heights)]
  const room = Math.sqrt(Math.max(1, (10 * low) / high))
  return [low / room, high * room]
}

/** About six of the places, powers of two where there are enough; round numbers where places are none. */
export function ticksAmong({ places, isLog }: Plot): number[] {
  const powers = isLog ? places.filter((place) => Number.isInteger(Math.log2(place))) : []
  if (isLog && powers.length < 4 && !places.every(Number.isInteger))
    return decades(places[0]!, places.at(-1)!)
  const some = powers.length >= 4 ? powers : places
  const every = Math.max(1, Math.ceil(some.length / 6))
  return some.filter((_, at) => at % every === 0)
}

/** Powers of ten inside the range; 1, 2, 5 of each where there are fewer than two; its ends where that is not enough. */
export function decades(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low))
  const powers = Array.from(
    { length: Math.floor(Math.log10(high)) - first + 1 },
    (_, at) => 10 ** (first + at),
  )
  const inside = (ticks: readonly number[]): number[] =>
    ticks.filter((tick) => tick >= low && tick <= high)
  const round = inside(powers)
  if (round.length >= 2) return round
  const finer = inside(powers.flatMap((power) => [power, 2 * power, 5 * power]))
  return finer.length >= 2 ? finer : [low, high]
}
