/** Places blocks again and again with other values of some settings: they are read once, and only what follows is worked out. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import type { PlacedBlock } from '../../../architecture/model.ts'
import { placeAlone, type PlannedBlock } from '../../../architecture/place.ts'
import { readValue } from '../../../architecture/settings.ts'
import type { SettingMeta, Value } from '../../../formulas/index.ts'
import { startsWith, type Path } from '../../vary/path.ts'
import type { Variation } from '../../vary/variation.ts'
import { remembered, type Values } from './term.ts'

/** Blocks as they are read, before anything follows from that. */
export interface Plans {
  plans: readonly PlannedBlock[]
  /** Those that take settings from the first of the others, as an output head takes them from its table. */
  hosted: readonly PlannedBlock[]
}

/** A varied setting of a block. */
interface Patch {
  index: number
  block: string
  address: string
  meta: SettingMeta
}

/** A block that is placed anew where something changes that it depends on. */
interface Placer {
  depends: readonly number[]
  place: (values: Values) => PlacedBlock
}

/**
 * @param paths where the blocks stand in the document
 * @param depends places of the settings that reach them
 */
export function replacing(
  variation: Variation,
  paths: readonly Path[],
  depends: readonly number[],
  plansAt: (values: Values) => Plans,
): (values: Values) => readonly PlacedBlock[] {
  // Where the design as it is has no such blocks, or where more varies than their settings and what the stack tells them.
  const anew = (values: Values): readonly PlacedBlock[] =>
    placersOf(variation, plansAt(values), [], []).map(({ place }) => place(values))
  if (paths.some(variation.follows)) return anew
  const ofStack: number[] = []
  const patches: Patch[] = []
  for (const index of depends) {
    const { place, address } = variation.settings[index]!
    if (place.of === 'workload' || !paths.some((path) => startsWith(place.path, path)))
      ofStack.push(index)
    else if (place.of === 'block')
      patches.push({ index, block: place.use.address, address, meta: place.meta })
    else return anew
  }
  const plans = attempt(() => plansAt(variation.present))
  if (plans instanceof ArchcostError) return anew
  const known = new Set([...plans.plans, ...plans.hosted].flatMap(addressesIn))
  if (patches.some(({ block }) => !known.has(block))) return anew
  const placers = placersOf(variation, plans, ofStack, patches)
  return (values) => placers.map(({ place }) => place(values))
}

const addressesIn = ({ place, before, attached, after }: PlannedBlock): string[] => [
  place.address,
  ...[...before, ...attached, ...after].flatMap(addressesIn),
]

function placersOf(
  variation: Variation,
  { plans, hosted }: Plans,
  ofStack: readonly number[],
  patches: readonly Patch[],
): Placer[] {
  const names = remembered(ofStack, (values) => variation.namesAt(0, values))
  const alone = (plan: PlannedBlock, host: Placer | undefined): Placer => {
    const own = patches.filter(({ block }) => block === plan.place.address)
    const depends = [...(host?.depends ?? ofStack), ...own.map(({ index }) => index)]
    const given: Record<string, Value | undefined> = { ...plan.given }
    const patched = { ...plan, given }
    const place = remembered(depends, (values) => {
      for (const { index, address, meta } of own)
        given[meta.name] = readValue(meta, values[index], address)
      return placeAlone(patched, names(values), host?.place(values).settings)
    })
    return { depends, place }
  }
  // As `placePlan` puts them in order.
  const around = (each: readonly PlannedBlock[], host?: Placer): Placer[] =>
    each.flatMap((plan) => {
      const block = alone(plan, host)
      return [...around(plan.before), block, ...around(plan.attached, block), ...around(plan.after)]
    })
  const first = around(plans)
  return [...first, ...around(hosted, first[0])]
}
