/** Places blocks again and again with other values of some settings: they are read once, and only what follows is worked out. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import type { PlacedBlock } from '../../../architecture/model.ts'
import { placeAlone, placePlan, type PlannedBlock } from '../../../architecture/place.ts'
import { readValue } from '../../../architecture/settings.ts'
import { passOf, type SettingMeta, type Value } from '../../../formulas/index.ts'
import { startsWith, type Path } from '../../vary/path.ts'
import type { Setting } from '../../vary/setting.ts'
import type { Variation } from '../../vary/variation.ts'
import { namesRead } from './reads.ts'
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
  /** Its settings that may come out otherwise: those that vary, follow, or are taken from such ones of its host. */
  moving: ReadonlySet<string>
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
  const anew = (values: Values): readonly PlacedBlock[] => {
    const [{ plans, hosted }, names] = [plansAt(values), variation.namesAt(0, values)]
    const first = plans.flatMap((plan) => placePlan(plan, names))
    return [...first, ...hosted.flatMap((plan) => placePlan(plan, names, first[0]?.settings))]
  }
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

/** The name that a setting of the document or a stack has for formulas. */
const nameOf = ({ place }: Setting): string =>
  place.of === 'workload' ? place.key : String(place.path.at(-1))

function placersOf(
  variation: Variation,
  { plans, hosted }: Plans,
  ofStack: readonly number[],
  patches: readonly Patch[],
): Placer[] {
  const names = remembered(ofStack, (values) => variation.namesAt(0, values))
  const pass = passOf(variation.workloadAt(variation.present), 1, 0, 0)
  const alone = (plan: PlannedBlock, host: Placer | undefined): Placer => {
    const own = patches.filter(({ block }) => block === plan.place.address)
    const given: Record<string, Value | undefined> = { ...plan.given }
    const patched = { ...plan, given }
    const placeAt = (values: Values): PlacedBlock =>
      placeAlone(patched, names(values), host?.place(values).settings)
    const missing = plan.formulas.settings.filter(({ name }) => given[name] === undefined)
    const taken = missing.filter(({ name }) => host?.moving.has(name))
    const present = attempt(() => placeAt(variation.present))
    const reads = present instanceof ArchcostError ? null : namesRead(present, pass)
    const read = ofStack.filter((index) => reads?.has(nameOf(variation.settings[index]!)) ?? true)
    const above = taken.length > 0 ? host!.depends : []
    const depends = [...new Set([...read, ...above, ...own.map(({ index }) => index)])]
    const following = missing.filter(({ follows }) => follows !== undefined)
    const varied = own.map(({ meta }) => meta)
    return {
      depends,
      moving: new Set([...varied, ...following, ...taken].map(({ name }) => name)),
      place: remembered(depends, (values) => {
        for (const { index, address, meta } of own)
          given[meta.name] = readValue(meta, values[index], address)
        return placeAt(values)
      }),
    }
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
