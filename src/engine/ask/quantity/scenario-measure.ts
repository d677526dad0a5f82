/** A scenario's quantity: of a design it asks totals, settings and the workload, and where that is not enough the model as a whole. */
import { prepare } from '../../../architecture/check.ts'
import { ArchcostError } from '../../../architecture/errors.ts'
import type { Model } from '../../../architecture/model.ts'
import { prepareChecked } from '../../../architecture/prepare.ts'
import type { Architecture } from '../../../architecture/schema.ts'
import { blocks, type Names, type Value } from '../../../formulas/index.ts'
import type { Condition } from '../../condition.ts'
import { explainReference, ofOneSequence } from '../../explain/reference.ts'
import { chooseAlso, explainScenario, scenarioOf } from '../../explain/scenario.ts'
import { chooseFor, settlerOf } from '../../explain/settle.ts'
import { applies, totalNamed } from '../../explain/totals.ts'
import type { Workload } from '../../types.ts'
import type { Chosen } from '../../vary/present.ts'
import { settingsOf, type Setting } from '../../vary/setting.ts'
import { completeWorkload, under } from '../../workload.ts'
import type { Measure } from './measure.ts'
import { ofEveryBlock, sumsOf } from './total-sums.ts'

/** What is known of a design. */
interface Known {
  sums: readonly number[]
  /** Of its language model. */
  names: Names
  /** Both are made when they are first asked for, since that costs more than all the rest. */
  workload: () => Workload
  model: () => Model
}

/** What a design says to a scenario; undefined where it says nothing of the kind. */
type Answer = (known: Known) => Value | undefined

export function scenarioMeasure(
  architecture: Architecture,
  text: string,
  quantity: string,
  condition: Condition,
): Measure {
  const scenario = scenarioOf(quantity)!
  const wanted = quantity.slice(scenario.name.length + 1)
  const model = prepare(architecture)
  const workload = completeWorkload(model, under({}, condition.workload))
  const choices = chooseAlso({}, condition)
  // Explained once, so that what is wrong with the quantity itself is told.
  const { label, unit, value } = explainScenario(scenario, quantity, model, workload, choices)
  if (typeof value !== 'number')
    throw new ArchcostError('invalid_workload', 'is no single number; explain opens it', text)
  const { columns, same, answers } = askedOf(chooseFor(scenario, {}, wanted).asks, model, condition)
  const stack = languageModelIn(architecture)
  // One for all designs: another one for each would cost as much as the scenario.
  const told: Record<string, Value | undefined> = { ...same }
  const settlerFor = kept((all: Chosen = {}) => {
    const { set = {} } = chooseAlso({ set: all[scenario.name] ?? {} }, condition)
    return settlerOf(chooseFor(scenario, set, wanted), same)
  })
  return {
    name: text.trim(),
    label,
    unit,
    of: 'scenario',
    scenario: scenario.name,
    says: Object.keys(condition.others),
    columns,
    read(sums, varied, values) {
      let made: Model | undefined
      const known: Known = {
        sums,
        names: varied.namesAt(stack, values),
        workload: () => varied.workloadAt(values, condition.workload),
        model: () => (made ??= prepareChecked(varied.designAt(values).architecture)),
      }
      const settle = settlerFor(varied.scenariosAt(values))
      for (const { name, answer } of answers) told[name] = answer(known)
      const { settings } = settle(known.names, told)
      // Scenarios know no pass.
      return (scenario.values(settings, {} as never)[wanted] ?? settings[wanted]) as number
    },
  }
}

/** The place of the stack that is the language model: the decoder, if there is one. */
const languageModelIn = ({ stacks }: Architecture): number =>
  Math.max(
    0,
    stacks.findIndex(({ role }) => role === 'decoder'),
  )

/**
 * How names that a scenario may ask for are answered of designs, and what is the same for all designs.
 * @returns answers by name, and the columns that they read
 */
function askedOf(names: readonly string[], model: Model, { workload: at, others }: Condition) {
  const columns = [...ofEveryBlock()]
  const { device } = chooseAlso({}, { workload: at, others })
  const same: Record<string, Value | undefined> = {}
  const answerOf = (name: string): Answer => {
    const is_one = name.startsWith(ofOneSequence)
    const total = totalNamed(is_one ? name.slice(ofOneSequence.length) : name)
    if (total) {
      if (!applies(total, model.architecture)) return () => undefined
      const { read, columns: own } = sumsOf(total, is_one ? { ...at, batch: 1 } : at)
      const first = columns.push(...own) - own.length
      return ({ sums }) => read(sums, first)
    }
    const [whose = '', what = ''] = name.split('.')
    if (whose === 'workload')
      return ({ workload }) => Number(workload()[what as keyof Workload] ?? 0)
    if (whose === 'stack') return (known) => known.names[what as keyof Names]
    const [setting, ...further] = settingsIn(model.architecture, whose, what)
    if (setting && further.length === 0) {
      const place = columns.push({ of: 'setting', setting, at: {} }) - 1
      // Where no layer holds the block there is none.
      return ({ sums }) => (Number.isNaN(sums[place]) ? undefined : sums[place])
    }
    return (known) =>
      explainReference(name, { model: known.model(), workload: known.workload(), device })?.value
  }
  for (const name of names.filter((each) => each.startsWith('device.')))
    same[name] = explainReference(name, { model, workload: completeWorkload(model), device })?.value
  const ofDesign = names.filter((name) => !(name in same))
  return { columns, same, answers: ofDesign.map((name) => ({ name, answer: answerOf(name) })) }
}

/** The setting of a name in every use of a block of that name, folder or trait. */
const settingsIn = (architecture: Architecture, whose: string, what: string): Setting[] =>
  settingsOf(architecture).filter(({ place }) => {
    if (place.of !== 'block' || place.meta.name !== what) return false
    const { name, folder, is } = blocks[place.use.block]!
    return [name, folder, is].includes(whose)
  })

/** Keeps what was made of something until it is asked about something else. */
function kept<Of, Made>(make: (of: Of) => Made): (of: Of) => Made {
  let last: { of: Of; made: Made } | undefined
  return (of) => {
    if (!last || last.of !== of) last = { of, made: make(of) }
    return last.made
  }
}
