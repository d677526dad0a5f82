/** Computes the worked examples of an entry: every figure from the engine, with the calculation as text. */
import { fit } from '../engine/deploy/fit.ts'
import { explain } from '../engine/explanations.ts'
import type { Workload } from '../engine/index.ts'
import { readCost } from '../engine/read-cost.ts'
import { asText } from '../engine/print/expression.ts'
import { interpret, scenarios, type Expression } from '../formulas/explanations.ts'
import { workloadKeys, type Pass } from '../formulas/index.ts'
import type { Entry, Example, Figure, Source } from './entry.ts'
import { exampleModels, type ExampleModel } from './models.ts'
import { figureText, numberText } from './show.ts'

export interface ComputedFigure {
  name: string
  label: string
  value: number | number[]
  unit: string
  /** As the entry says it must be. */
  expect: number | number[]
  within: number | undefined
  published: string | undefined
  /** `1 − 34,560 / 194,560 = 82.24 %`, or where the engine says it. */
  calculation: string
  /** What `explain` opens, for a quantity of a model. */
  opens: { model: string; quantity: string; workload: Partial<Workload> } | null
}

/** A quantity of every model, side by side. */
export interface ComparedRow {
  quantity: string
  label: string
  unit: string
  values: number[]
}

export interface ComputedExample extends Omit<
  Example,
  'figures' | 'models' | 'compare' | 'source' | 'workload'
> {
  source: Source
  models: ExampleModel[]
  workload: Partial<Workload>
  rows: ComparedRow[]
  figures: ComputedFigure[]
}

/** @throws ArchcostError where an example cannot be evaluated */
export const computeExamples = (entry: Entry): Promise<ComputedExample[]> =>
  Promise.all(entry.examples.map((example) => computeExample(example, entry)))

async function computeExample(example: Example, { sources }: Entry): Promise<ComputedExample> {
  const models = await exampleModels(example)
  const workload = example.workload as Partial<Workload>
  const { title, claim, verdict, because, source } = example
  return {
    title,
    claim,
    verdict,
    because,
    source: sources[source]!,
    models: [...models.values()],
    workload,
    rows: example.compare.map((quantity) => compareRow(quantity, [...models.values()], workload)),
    figures: computeFigures(example, models, workload),
  }
}

function compareRow(
  quantity: string,
  models: readonly ExampleModel[],
  workload: Partial<Workload>,
): ComparedRow {
  const derived = models.map(({ model }) => explain(model, workload, quantity))
  const { label, unit } = derived[0]!
  return { quantity, label, unit, values: derived.map(({ value }) => value as number) }
}

function computeFigures(
  example: Example,
  models: ReadonlyMap<string, ExampleModel>,
  workload: Partial<Workload>,
): ComputedFigure[] {
  const values: Record<string, number | number[]> = {}
  return Object.entries(example.figures).map(([name, figure]) => {
    const found = computeFigure(figure, models, workload, values)
    values[name] = found.value
    const { label, expect, within, published } = figure
    return { name, label, expect, within, published, ...found }
  })
}

type Found = Pick<ComputedFigure, 'value' | 'unit' | 'calculation' | 'opens'>

function computeFigure(
  figure: Figure,
  models: ReadonlyMap<string, ExampleModel>,
  usual: Partial<Workload>,
  values: Readonly<Record<string, number | number[]>>,
): Found {
  if (figure.expr !== undefined) {
    const value = Number(interpret(figure.expr, values))
    const unit = figure.unit ?? ''
    return {
      value,
      unit,
      calculation: `${calculation(figure.expr, values)} = ${figureText(value, unit)}`,
      opens: null,
    }
  }
  if (figure.scenario !== undefined) return computeScenario(figure)
  const example = models.get(figure.of!)!
  const { model, name } = example
  const workload = { ...usual, ...(figure.workload as Partial<Workload>) }
  const quantity = figure.quantity!
  if (figure.deployment !== undefined) return computeFit(figure, example, workload)
  const stack = (model.decoder ?? model.encoder)!.names
  const of_stack = Object.hasOwn(stack, quantity)
  const { value, unit } = of_stack
    ? { value: stack[quantity as keyof typeof stack], unit: '' }
    : explain(model, workload, quantity)
  if (typeof value === 'string') throw new Error(`${quantity} of ${name} is a word, not a figure`)
  return {
    value,
    unit: figure.unit ?? unit,
    calculation: `${quantity} of ${name}${workloadText(figure.workload)} = ${figureText(value, figure.unit ?? unit)}`,
    opens: of_stack ? null : { model: figure.of!, quantity, workload },
  }
}

/** What a rank of a deployment holds, and what else `fit` finds. */
function computeFit(
  { deployment, quantity, unit: said }: Figure,
  { model, name }: ExampleModel,
  workload: Partial<Workload>,
): Found {
  const value = readCost(fit(model, deployment, workload), quantity!)
  if (value === null) throw new Error(`fit of ${name} finds no number ${quantity}`)
  const unit = said ?? (/^(per_rank|total|runtime_cache)\./.test(quantity!) ? 'byte' : '')
  return {
    value,
    unit,
    calculation: `${quantity} of ${name}${workloadText({ ...deployment })} = ${figureText(value, unit)}`,
    opens: null,
  }
}

/** A scenario stands outside a model; names of an architecture that it reads are given like settings. */
function computeScenario({ scenario, quantity, given = {}, unit: said }: Figure): Found {
  const formulas = scenarios[scenario!]!
  const plain = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [
      key,
      typeof value === 'boolean' ? Number(value) : value,
    ]),
  ) as Record<string, number>
  const names = {
    d_model: plain['d_model'] ?? 0,
    n_layers: plain['n_layers'] ?? 0,
    max_context: plain['max_context'] ?? 0,
    bidirectional: 0,
  }
  const settings = formulas.resolve(plain, names)
  const failed = formulas.check(settings)
  if (failed !== null) throw new Error(`${scenario}: ${failed}`)
  const value = formulas.values(settings, { ...noPass, ...plain })[quantity!]
  const definition = formulas.definitions.find(({ name }) => name === quantity)
  if (value === undefined || definition === undefined)
    throw new Error(`${scenario} has no quantity ${quantity}`)
  const unit = said ?? definition.unit
  return {
    value,
    unit,
    calculation: `${quantity} of ${scenario}${workloadText(given)} = ${figureText(value, unit)}`,
    opens: null,
  }
}

/** A pass for quantities that no pass changes. */
const noPass = {
  n_new: 1,
  n_past: 0,
  source: 0,
  ...Object.fromEntries(workloadKeys.map(({ name, default: usual }) => [name, usual])),
} as Pass

const workloadText = (workload: Readonly<Record<string, unknown>> | undefined): string => {
  const said = Object.entries(workload ?? {}).map(
    ([key, value]) =>
      `${key} ${typeof value === 'number' ? numberText(value) : JSON.stringify(value)}`,
  )
  return said.length === 0 ? '' : ` (${said.join(', ')})`
}

/** The expression with values in the place of names; lists keep their name. */
const calculation = (
  expr: Expression,
  values: Readonly<Record<string, number | number[]>>,
): string =>
  asText(expr, (name) => {
    const value = values[name]
    if (typeof value !== 'number') return name
    return numberText(value)
  })
