/** Sensitivity: what a quantity does when each setting alone grows by a hundredth, or by the next step that makes a design. */
import { ArchcostError, attempt } from '../../architecture/errors.ts'
import { prepare } from '../../architecture/check.ts'
import type { Architecture } from '../../architecture/schema.ts'
import { blocks, workloadKeys } from '../../formulas/index.ts'
import { scenarioOf } from '../explain/scenario.ts'
import { chosenSettings } from '../vary/scenario-settings.ts'
import { findSetting, settingsOf, type Setting } from '../vary/setting.ts'
import type { Design } from '../vary/variation.ts'
import { divisors } from './divisors.ts'
import { answersOf, asker, family } from './family/family.ts'
import type { Measure } from './quantity/measures.ts'

export interface Sensitivity {
  setting: Setting
  from: number
  /** A hundredth more, or as little more as makes a design; less where no more can be. */
  to: number
  before: number
  after: number
  /** Of the quantity: 0.01 is one hundredth more. */
  change: number
  /** The change over that of the setting: 1 where both grow alike. */
  elasticity: number
}

/** What only says how numbers are counted. */
const conventions = new Set(
  workloadKeys.flatMap(({ name, group }) => (group === 'convention' ? [name] : [])),
)

/**
 * Every numeric setting that moves the quantity, the strongest first.
 * @param held settings that keep their present value and let what they determine follow
 * @throws ArchcostError where there is no such quantity
 */
export function sensitivity(
  design: Design,
  quantity: string,
  held: readonly string[] = [],
): Sensitivity[] {
  const { architecture } = prepare(design.architecture)
  // Asked once without any setting, so that a wrong name is not taken for a setting that cannot move.
  const [measure] = family(design, [], [quantity], held).measures
  const all = [...settingsOf(architecture), ...settingsBeside(architecture, measure!)]
  const moved = all.filter(isOwn).flatMap((setting) => {
    const found = sensitivityTo(design, setting, quantity, held)
    return found && found.change !== 0 ? [found] : []
  })
  return moved.toSorted((a, b) => Math.abs(b.elasticity) - Math.abs(a.elasticity))
}

/** Of the scenario that a quantity belongs to, what no setting of the design decides. */
const settingsBeside = (architecture: Architecture, measure: Measure): Setting[] =>
  measure.of !== 'scenario' || scenarioOf(measure.scenario) === undefined
    ? []
    : chosenSettings(scenarioOf(measure.scenario)!)
        .filter(({ type }) => type !== 'list')
        .map(({ name }) => findSetting(architecture, `${measure.scenario}.${name}`))

/** Numeric, and not taken from another block, from the rule, or from another setting as it is. */
function isOwn({ kind, place, address }: Setting): boolean {
  if ((kind !== 'whole' && kind !== 'number') || conventions.has(address)) return false
  if (place.of !== 'block' || place.use.stated[place.meta.name] !== undefined) return true
  const { host, rule } = place.use
  const isAlias = typeof place.meta.follows === 'string'
  return (
    !rule &&
    !isAlias &&
    !(host !== undefined && blocks[host]!.settings.some(({ name }) => name === place.meta.name))
  )
}

function sensitivityTo(
  design: Design,
  setting: Setting,
  quantity: string,
  held: readonly string[],
): Sensitivity | null {
  const opened = attempt(() => {
    const varied = family(design, [setting.address], [quantity], held)
    const is_chosen = setting.place.of === 'scenario'
    const present = is_chosen ? under(design, setting.address, quantity) : varied.present[0]
    return { ask: asker(varied), from: present }
  })
  // What is held follows, and does not move alone.
  if (opened instanceof ArchcostError) return null
  const { ask, from } = opened
  if (typeof from !== 'number' || !Number.isFinite(from) || from === 0) return null
  const answer = (value: number): number | null => {
    const found = ask([value])
    return found instanceof ArchcostError ? null : found[0]!
  }
  const to = steps(setting, from).find((value) => answer(value) !== null)
  const before = answer(from)
  if (to === undefined || before === null) return null
  const after = answer(to)!
  const change = before === 0 ? 0 : after / before - 1
  return { setting, from, to, before, after, change, elasticity: change / (to / from - 1) }
}

/** What a setting is under the condition of the quantity itself: `at device=L40S` says a bandwidth. */
const under = (design: Design, address: string, quantity: string): number =>
  answersOf(design, [quantity.trim().replace(/^[^\s@]+/, address)])[0]!

/** What is tried, the nearest to a hundredth more first: by each divisor, since heads and experts divide. */
function steps({ kind, min, max }: Setting, from: number): number[] {
  if (kind === 'number')
    return [from * 1.01, from * 0.99].filter((value) => value >= min && value <= max)
  const hundredth = Math.max(1, Math.round(from / 100))
  const distances = [...new Set([hundredth, ...divisors(from)])].toSorted(
    (a, b) => Math.abs(a - hundredth) - Math.abs(b - hundredth),
  )
  return [...distances.map((each) => from + each), ...distances.map((each) => from - each)].filter(
    (value) => value >= Math.max(min, 1) && value <= max,
  )
}
