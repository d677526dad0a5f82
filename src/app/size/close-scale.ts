/** A linear scale that begins and ends near its values: differences of a hundredth are what it is there to show. */
import type { Scale } from '../parts/scale.ts'

/** @param values at least one */
export function closeScale(values: readonly number[]): Scale {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const room = 0.08 * (most - least) || Math.abs(most) / 100 || 1
  const [low, high] = [least - room, most + room]
  const power = 10 ** Math.floor(Math.log10((high - low) / 3))
  const step = power * [1, 2, 5].findLast((times) => (high - low) / (times * power) >= 3)!
  const first = Math.ceil(low / step)
  const count = Math.floor(high / step) - first + 1
  return {
    at: (value) => (value === null ? null : (value - low) / (high - low)),
    ticks: Array.from({ length: count }, (_, place) => (first + place) * step),
  }
}
