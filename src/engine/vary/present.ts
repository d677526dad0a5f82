/** What a setting is in a design before it varies. */
import { bytesOfAll } from '../../architecture/formats.ts'
import { ArchcostError } from '../../architecture/errors.ts'
import type { Model } from '../../architecture/model.ts'
import { scenarioValues } from '../explain/scenario.ts'
import type { Workload } from '../types.ts'
import { partOf } from '../workload.ts'
import { asWritten, blocksByAddress, hiddenBy } from './hold.ts'
import { readAt } from './path.ts'
import type { Setting, SettingValue } from './setting.ts'

/** What is chosen for scenarios, by the names of these and of their settings. */
export type Chosen = Readonly<Record<string, Readonly<Record<string, SettingValue>>>>

/** The value that a design gives a setting; of a ratio that a stated width hides, the one that the width amounts to. */
export function presentValue(
  model: Model,
  workload: Workload,
  { place }: Setting,
  scenarios: Chosen = {},
): SettingValue {
  if (place.of === 'scenario') {
    const { scenario, meta } = place
    // What is missing may be said where a quantity is asked; where it is not, that tells of it.
    try {
      const values = scenarioValues(scenario, model, workload, { set: scenarios[scenario] ?? {} })
      return asWritten(values[meta.name]!, meta)
    } catch (error) {
      if (error instanceof ArchcostError) return null
      throw error
    }
  }
  // Where weights differ in format there is no number of bytes for all.
  if (place.of === 'workload')
    return place.key === 'bytes_per_weight'
      ? bytesOfAll(workload.weights)
      : (partOf(workload, place.key) as SettingValue)
  if (place.of === 'document') return readAt(model.architecture, place.path) as number
  const { meta, use } = place
  const block = blocksByAddress(model).get(use.address)
  // A rule that holds in no layer is still a rule.
  if (!block) return (use.stated[meta.name] as SettingValue | undefined) ?? null
  const ratio = meta.type === 'number' && use.stated[meta.name] === undefined
  const hidden = ratio ? hiddenBy(use, meta, block) : undefined
  return hidden ? hidden.value : asWritten(block.settings[meta.name]!, meta)
}
