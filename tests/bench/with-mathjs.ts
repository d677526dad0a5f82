/** The same model by mathjs: the formulas of every distinct block evaluated as trees at run time. */
import type { Model, PlacedBlock, Workload } from '../../src/engine/index.ts'
import { passOf } from '../../src/formulas/index.ts'
import { compileFormulas } from '../../src/formulas/compile.ts'
import { distinctNames } from '../../src/formulas/expression.ts'
import { loadFormulaFiles } from '../../src/formulas/load.ts'
import type { Mechanism } from '../../src/formulas/mechanism.ts'
import { evaluateReference, type Values } from '../../src/formulas/reference.ts'

const { formulas } = compileFormulas(loadFormulaFiles())
const mechanisms = new Map(
  Object.values(formulas.blocks).map((mechanism) => [mechanism.name, answering(mechanism)]),
)

/** A mechanism without what the questions of the contract do not need, as in the generated code. */
function answering(mechanism: Mechanism): Mechanism {
  const needed = new Set(formulas.contract.questions.map(({ name }) => name))
  const definitions = mechanism.definitions.toReversed().filter((definition) => {
    const wanted = needed.has(definition.name)
    if (wanted) distinctNames(definition.expression).forEach((name) => needed.add(name))
    return wanted
  })
  return { ...mechanism, definitions: definitions.toReversed() }
}

export interface Headline {
  params: number
  prefill: number
  decode: number
  cache: number
  weights_read: number
}

/** The headline numbers of a decoder, batch 1. */
export function costWithMathjs({ decoder }: Model, workload: Workload): Headline {
  const sums: Headline = { params: 0, prefill: 0, decode: 0, cache: 0, weights_read: 0 }
  const add = ({ formulas: { name }, settings }: PlacedBlock, times: number): void => {
    const evaluate = (n_new: number, n_past: number): Values => {
      const given = { ...settings, ...passOf(workload, n_new, n_past, 0) }
      return evaluateReference(mechanisms.get(name)!, given, formulas)
    }
    const prefill = evaluate(workload.context, 0)
    const step = evaluate(1, workload.context - 1)
    sums.params += times * Number(step.get('params') ?? 0)
    sums.prefill += times * Number(prefill.get('flops') ?? 0)
    sums.decode += times * Number(step.get('flops') ?? 0)
    sums.cache += times * Number(step.get('cache_bytes') ?? 0)
    sums.weights_read += times * 2 * Number(step.get('weights_read') ?? 0)
  }
  for (const block of decoder!.input) add(block, 1)
  for (const { blocks, layers } of decoder!.groups)
    for (const block of blocks) add(block, layers.length)
  for (const block of decoder!.output) add(block, 1)
  return sums
}
