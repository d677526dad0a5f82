/** Places a sublayer again and again with other values of some settings: it is read once, and only what follows is worked out. */
import type { PlacedBlock } from '../../architecture/model.ts'
import { placePlan, type PlannedBlock } from '../../architecture/place.ts'
import { planSublayer, type PlaceAt } from '../../architecture/prepare.ts'
import type { Sublayer } from '../../architecture/schema.ts'
import { readValue } from '../../architecture/settings.ts'
import type { Names, SettingMeta } from '../../formulas/index.ts'
import { startsWith, type Path } from '../vary/path.ts'
import type { Variation } from '../vary/variation.ts'
import { remembered, type Values } from './part.ts'

/** A varied setting of a block of the plan. */
interface Patch {
  index: number
  meta: SettingMeta
}

/**
 * @param path of the sublayer
 * @param depends places of the settings that reach it
 * @returns null where what varies is more than settings of its blocks and what the stack tells them
 */
export function patchedPlace(
  variation: Variation,
  path: Path,
  match: number,
  depends: readonly number[],
  placeAt: (names: Names) => PlaceAt,
): ((values: Values) => readonly PlacedBlock[]) | null {
  if (variation.follows(path)) return null
  const { settings, present } = variation
  const plans = planSublayer(
    variation.partAt(path, present) as Sublayer,
    match,
    placeAt(variation.namesAt(0, present)),
  )
  const known = new Set(plans.flatMap(addressesIn))
  const patches = new Map<string, Patch[]>()
  const ofStack: number[] = []
  for (const index of depends) {
    const { place } = settings[index]!
    if (place.of === 'workload' || !startsWith(place.path, path)) {
      ofStack.push(index)
      continue
    }
    if (place.of !== 'block' || !known.has(place.use.address)) return null
    const { address } = place.use
    patches.set(address, [...(patches.get(address) ?? []), { index, meta: place.meta }])
  }
  // What no varied setting reaches is placed again only where the stack says something else.
  const placed = plans.map((plan) =>
    remembered(
      [
        ...ofStack,
        ...addressesIn(plan).flatMap((address) =>
          (patches.get(address) ?? []).map(({ index }) => index),
        ),
      ],
      (values) => placePlan(patched(plan, patches, values), variation.namesAt(0, values)),
    ),
  )
  return (values) => placed.flatMap((place) => place(values))
}

const addressesIn = ({ place, before, attached, after }: PlannedBlock): string[] => [
  place.address,
  ...[...before, ...attached, ...after].flatMap(addressesIn),
]

function patched(
  plan: PlannedBlock,
  patches: ReadonlyMap<string, readonly Patch[]>,
  values: Values,
): PlannedBlock {
  const { address } = plan.place
  const given = { ...plan.given }
  for (const { index, meta } of patches.get(address) ?? [])
    given[meta.name] = readValue(meta, values[index], `${address}.${meta.name}`)
  const below = (plans: readonly PlannedBlock[]): readonly PlannedBlock[] =>
    plans.length === 0 ? plans : plans.map((each) => patched(each, patches, values))
  return {
    ...plan,
    given,
    before: below(plan.before),
    attached: below(plan.attached),
    after: below(plan.after),
  }
}
