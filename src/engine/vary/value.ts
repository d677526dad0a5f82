/** What values a setting may have. */
import { ArchcostError } from '../../architecture/errors.ts'
import type { Ranged, SettingValue } from './setting.ts'

/** @throws ArchcostError where a setting cannot have the value */
export function checkValue(
  { address, kind, min, max, of, none }: Ranged,
  value: SettingValue,
): void {
  const fail = (expected: string): never => {
    throw new ArchcostError(
      'invalid_workload',
      `${JSON.stringify(value)} is given, but ${expected} is expected`,
      address,
    )
  }
  if (value === null) {
    if (!none && !of.includes('none')) fail(kind === 'flag' ? 'true or false' : 'a value')
    return
  }
  switch (kind) {
    case 'flag':
      if (typeof value !== 'boolean') fail('true or false')
      return
    case 'choice':
      if (typeof value !== 'string' || !of.includes(value)) fail(`one of ${of.join(', ')}`)
      return
    case 'whole':
    case 'number':
      if (
        typeof value !== 'number' ||
        (kind === 'whole' && !Number.isInteger(value)) ||
        !(value >= min && value <= max)
      )
        fail(`a ${kind === 'whole' ? 'whole ' : ''}number from ${min} to ${max}`)
  }
}

/** A value that a setting may have: none, or the nearest to 1. */
export function someValue({ kind, min, max, of, none }: Ranged): SettingValue {
  if (none) return null
  if (kind === 'flag') return false
  return kind === 'choice' ? of[0]! : Math.min(Math.max(1, min), max)
}
