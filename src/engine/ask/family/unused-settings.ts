/** Settings of scenarios that vary while nothing that is asked reads them. */
import { ArchcostError } from '../../../architecture/errors.ts'
import { quantityOf } from '../../vary/scenario-settings.ts'
import type { Setting } from '../../vary/setting.ts'
import type { Measure } from '../quantity/measures.ts'

/** @throws ArchcostError where a setting changes nothing, whatever its value */
export function refuseIdle(settings: readonly Setting[], measures: readonly Measure[]): void {
  for (const { place, address } of settings) {
    if (place.of !== 'scenario') continue
    const { scenario, meta } = place
    const own = measures.filter((each) => each.of === 'scenario' && each.scenario === scenario)
    const reading = own.filter((each) => each.of === 'scenario' && !each.says.includes(meta.name))
    if (reading.length > 0) continue
    const why =
      own.length === 0
        ? `nothing that is asked belongs to ${scenario}; ask for a quantity of it, such as ${quantityOf(scenario)}`
        : `"${own[0]!.name}" says ${meta.name} itself; leave it out there`
    throw new ArchcostError('invalid_workload', `varies, but would change nothing: ${why}`, address)
  }
}
