/** Why no value of a setting brings a quantity to its target. */
import { ArchcostError } from '../../../architecture/errors.ts'
import { formatExact } from '../../numbers.ts'
import type { Setting, SettingValue } from '../../vary/setting.ts'
import type { Measure } from '../quantity/measures.ts'
import type { Answer, Limits } from './find-value.ts'
import type { Side } from './locate.ts'

export interface Target {
  /** `params.total`, `cache.bytes at 128k`, `memory.bytes`. */
  quantity: string
  value: number
}

export interface Reached {
  value: SettingValue
  answer: number
}

/** What is wrong with the value next to one, within the range that the setting has by itself. */
export function problemBeside(
  { kind, min, max }: Setting,
  value: SettingValue,
  answer: Answer,
): ArchcostError | null {
  if (kind !== 'whole') return null
  const beside = [Number(value) + 1, Number(value) - 1].filter((each) => each >= min && each <= max)
  const problem = beside.map(answer).find((each) => each instanceof ArchcostError)
  return problem instanceof ArchcostError ? problem : null
}

export function noValue(
  { address, min, max }: Setting,
  { from = min, to = max, multiple_of = 1 }: Limits,
  answer: Answer,
): ArchcostError {
  if (Math.ceil(from / multiple_of) * multiple_of > to)
    return new ArchcostError(
      'invalid_workload',
      `there is no multiple of ${formatExact(multiple_of)} from ${formatExact(from)} to ${formatExact(to)}`,
      address,
    )
  const problem = answer(from)
  const why = problem instanceof ArchcostError ? `; with ${from}, ${problem.message}` : ''
  return new ArchcostError(
    'invalid_workload',
    `no value from ${formatExact(from)} to ${formatExact(to)} makes a design${why}`,
    address,
  )
}

export function outOfReach(
  { address }: Setting,
  { name }: Measure,
  { value }: Target,
  side: Side,
  nearest: Reached,
  alone: ArchcostError | null,
): ArchcostError {
  const why = alone ? `; no other value makes a design: ${alone.message}` : ''
  return new ArchcostError(
    'invalid_workload',
    `no value brings ${name} ${side === 'below' ? 'down' : 'up'} to ${formatExact(value)}; the nearest is ${address} ${String(nearest.value)}, which gives ${formatExact(nearest.answer)}${why}`,
    address,
  )
}
