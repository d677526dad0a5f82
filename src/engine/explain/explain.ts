/** Opens a number: from a total of the model down to the settings and the workload it follows from. */
import { ArchcostError } from '../../architecture/errors.ts'
import type { Model } from '../../architecture/model.ts'
import { explanations } from '../../formulas/explanations.ts'
import { didYouMean } from '../../formulas/index.ts'
import { askedText, partCondition } from '../asked-text.ts'
import { readCondition, refuseOthers } from '../condition.ts'
import { passAt, placements, towerPlacements } from '../placements.ts'
import type { Derivation, Workload } from '../types.ts'
import { completeWorkload, under } from '../workload.ts'
import { explainDefinition, explainSetting, openBlock } from './block.ts'
import { explainTotal } from './total.ts'
import {
  chooseAlso,
  explainScenario,
  scenarioOf,
  scenarioQuantities,
  type Choices,
} from './scenario.ts'
import { applies, predictions, totalNamed, totals, whyNot, type Prediction } from './totals.ts'

/**
 * The derivation of a quantity.
 * @param asked a total (`params.total`, `flops.decode`, `memory.bytes`), a block's quantity, part or setting by its address
 *   (`mixer.flops.scores`, `ffn.params`, `mixer.n_heads`), with `@prefill` or `@decode` where the pass matters, or a
 *   scenario's (`load-balancing.balancing_loss`); ` at batch=8` and ` at ep=64` ask under a condition of its own
 * @param choices what is chosen for scenarios
 * @throws ArchcostError where there is no such quantity
 */
export function explain(
  model: Model,
  given: Partial<Workload> | undefined,
  asked: string,
  choices: Choices = {},
): Derivation {
  const text = askedText(asked)
  const [quantity, said] = partCondition(text)
  const condition = readCondition(text, said)
  const workload = completeWorkload(model, under(given ?? {}, condition.workload))
  const chosen = chooseAlso(choices, condition)
  const scenario = scenarioOf(quantity)
  if (scenario) return explainScenario(scenario, quantity, model, workload, chosen)
  const prediction = predictions.find(({ name }) => name === quantity)
  if (prediction) return explainPrediction(prediction, text, model, workload, chosen)
  refuseOthers(text, condition)
  const total = totalNamed(quantity)
  const missing = total && whyNot(total, model.architecture)
  if (missing) throw new ArchcostError('invalid_workload', missing, text)
  if (total) return explainTotal(total, model, workload)
  return explainInBlock(model, workload, quantity) ?? refuse(model, workload, quantity)
}

function explainPrediction(
  { scenario, quantity, asks, name }: Prediction,
  asked: string,
  model: Model,
  workload: Workload,
  { set = {}, device }: Choices,
): Derivation {
  const { [asks.key]: said = set[asks.setting], ...others } = set
  if (said === undefined)
    throw new ArchcostError(
      'invalid_workload',
      `is predicted for a number of training tokens; say it: ${name} at ${asks.key}=${asks.example}`,
      asked,
    )
  const chosen = { set: { ...others, [asks.setting]: said }, device }
  const formulas = scenarioOf(scenario)!
  return explainScenario(formulas, `${scenario}.${quantity}`, model, workload, chosen)
}

/** A quantity, part or setting of a block, in the decode step unless a prefill is asked for or is all there is. */
function explainInBlock(
  model: Model,
  workload: Workload,
  quantity: string,
): Derivation | undefined {
  const [, address = '', said] = /^(.*?)(?:@(prefill|decode))?$/s.exec(quantity)!
  for (const placement of [...placements(model), ...towerPlacements(model)]) {
    const { block, stack } = placement
    if (!address.startsWith(`${block.address}.`)) continue
    const once = said === 'prefill' || !model.has_steps || 'feeds' in stack
    const occasion = once ? 'prefill' : 'decode'
    const name = address.slice(block.address.length + 1)
    const open = openBlock(block, passAt(placement, occasion, model, workload), occasion)
    const definition = open.about.definitions.find((each) => each.name === name)
    if (definition) return explainDefinition(open, definition)
    const setting = block.formulas.settings.find((each) => each.name === name)
    if (setting && setting.type !== 'block') return explainSetting(open, name)
  }
  return undefined
}

function refuse(model: Model, workload: Workload, quantity: string): never {
  const near = quantity.startsWith('fit.')
    ? '; it is of a deployment, and fit, compare and sweep tell it'
    : didYouMean(quantity, explainable(model, workload))
  const some = totals.slice(0, 12).map(({ name }) => name)
  const known = `; totals are ${some.join(', ')}, ..., blocks' quantities are addressed as mixer.flops.scores`
  throw new ArchcostError(
    'invalid_workload',
    `${quantity.slice(0, 80)} is no quantity of this model${near || known}`,
  )
}

/** Every quantity that `explain` opens. */
export const explainable = (model: Model, given?: Partial<Workload>): string[] => [
  ...totals.filter((total) => applies(total, model.architecture)).map(({ name }) => name),
  ...predictions.map(({ name, asks }) => `${name} at ${asks.key}=${asks.example}`),
  ...inBlocks(model),
  ...scenarioQuantities(model, completeWorkload(model, given)),
]

/** The quantities of all blocks, by address. */
const inBlocks = (model: Model): string[] => {
  const all = [...placements(model), ...towerPlacements(model)].flatMap(
    ({ block: { address, formulas } }) =>
      explanations[formulas.name]!.definitions.map(({ name }) => `${address}.${name}`),
  )
  return [...new Set(all)]
}
