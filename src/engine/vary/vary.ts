/** A design with other values for some settings. */
import { prepare } from '../../architecture/check.ts'
import type { SettingValue } from './setting.ts'
import { checkValue } from './value.ts'
import { variation, type Design } from './variation.ts'

/**
 * A design with other values for some settings.
 * @param changes values by address or shorthand
 * @throws ArchcostError where there is no such setting, or it cannot have the value
 */
export function vary(
  design: Design,
  changes: Readonly<Record<string, SettingValue>>,
  held: readonly string[] = [],
): Design {
  const { settings, designAt } = variation(design, Object.keys(changes), held)
  const values = Object.values(changes)
  settings.forEach((setting, index) => checkValue(setting, values[index]!))
  const changed = designAt(values)
  prepare(changed.architecture)
  return changed
}
