/** Opens a number: from a total of the model down to the settings and the workload it follows from. */
import { ArchcostError } from '../../architecture/errors.ts'
import type { Model } from '../../architecture/model.ts'
import { explanations } from '../../formulas/explanations.ts'
import { didYouMean } from '../../formulas/index.ts'
import { passAt, placements } from '../placements.ts'
import type { Derivation, Workload } from '../types.ts'
import { completeWorkload } from '../workload.ts'
import { explainDefinition, explainSetting, openBlock } from './block.ts'
import { explainTotal } from './total.ts'
import { totals } from './totals.ts'

/**
 * The derivation of a quantity.
 * @param quantity a total (`params.total`, `flops.decode`, `cache.bytes`), or a block's quantity, part or setting by its
 *   address (`mixer.flops.scores`, `ffn.params`, `mixer.n_heads`), with `@prefill` or `@decode` where the pass matters
 * @throws ArchcostError where there is no such quantity
 */
export function explain(
  model: Model,
  given: Partial<Workload> | undefined,
  quantity: string,
): Derivation {
  const workload = completeWorkload(model, given)
  const total = totals.find(({ name }) => name === quantity)
  if (total) return explainTotal(total, model, workload)
  return explainInBlock(model, workload, quantity) ?? refuse(model, quantity)
}

/** A quantity, part or setting of a block, in the decode step unless a prefill is asked for or is all there is. */
function explainInBlock(
  model: Model,
  workload: Workload,
  quantity: string,
): Derivation | undefined {
  const [, address = '', said] = /^(.*?)(?:@(prefill|decode))?$/s.exec(quantity)!
  const occasion = said === 'prefill' || !model.decoder ? 'prefill' : 'decode'
  for (const placement of placements(model)) {
    const { block } = placement
    if (!address.startsWith(`${block.address}.`)) continue
    const name = address.slice(block.address.length + 1)
    const open = openBlock(block, passAt(placement, occasion, model, workload), occasion)
    const definition = open.about.definitions.find((each) => each.name === name)
    if (definition) return explainDefinition(open, definition)
    const setting = block.formulas.settings.find((each) => each.name === name)
    if (setting && setting.type !== 'block') return explainSetting(open, name)
  }
  return undefined
}

function refuse(model: Model, quantity: string): never {
  const near = didYouMean(quantity, [...totals.map(({ name }) => name), ...inBlocks(model)])
  const some = totals.slice(0, 12).map(({ name }) => name)
  const known = `; totals are ${some.join(', ')}, ..., blocks' quantities are addressed as mixer.flops.scores`
  throw new ArchcostError(
    'invalid_workload',
    `${quantity.slice(0, 80)} is no quantity of this model${near || known}`,
  )
}

/** Every quantity that `explain` opens. */
export function explainable(model: Model): string[] {
  const askable = totals.filter(
    (total) => model.decoder || !('occasion' in total) || total.occasion !== 'decode',
  )
  return [...askable.map(({ name }) => name), ...inBlocks(model)]
}

/** The quantities of all blocks, by address. */
const inBlocks = (model: Model): string[] => {
  const all = placements(model).flatMap(({ block: { address, formulas } }) =>
    explanations[formulas.name]!.definitions.map(({ name }) => `${address}.${name}`),
  )
  return [...new Set(all)]
}
