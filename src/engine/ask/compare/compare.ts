/** Compares models with a baseline: values, differences, ratios, and the settings that differ. */
import type { Deployment } from '../../../architecture/deployment.ts'
import type { Model, PlacedBlock } from '../../../architecture/model.ts'
import type { Value } from '../../../formulas/index.ts'
import { evaluate } from '../../evaluate.ts'
import type { Device } from '../../hardware.ts'
import { placements } from '../../placements.ts'
import type { Cost, Workload } from '../../types.ts'
import { completeWorkload } from '../../workload.ts'
import { asWritten, blocksByAddress, hiddenBy } from '../../vary/hold.ts'
import type { SettingValue } from '../../vary/setting.ts'
import { asker, family } from '../family/family.ts'
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import { readCost, type Measure } from '../quantity/measures.ts'
import { writeFormats } from '../../../architecture/formats.ts'

export interface Compared {
  model: Model
  workload: Partial<Workload>
  deployment?: Deployment | undefined
  device?: Device | undefined
}

export interface ComparedQuantity {
  quantity: string
  label: string
  unit: string
  /** Null where a model has no such quantity, as a cache in an encoder. */
  values: readonly (number | null)[]
  /** Less that of the first. */
  differences: readonly (number | null)[]
  /** Over that of the first. */
  ratios: readonly (number | null)[]
}

/** @throws ArchcostError where no model has such a quantity */
export function compare(
  models: readonly Compared[],
  quantities: readonly string[],
): ComparedQuantity[] {
  if (models.length === 0) return []
  const costs = models.map(({ model, workload }) => evaluate(model, workload))
  return quantities.map((quantity) => {
    const asked = models.map((model, place) =>
      attempt(() => askOne(model, costs[place]!, quantity)),
    )
    const some = asked.find((each) => !(each instanceof ArchcostError)) ?? asked[0]!
    if (some instanceof ArchcostError) throw some
    const values = asked.map((each) => (each instanceof ArchcostError ? null : each.value))
    const [base = null] = values
    const against = (of: (value: number, first: number) => number): (number | null)[] =>
      values.map((value) => (value === null || base === null ? null : of(value, base)))
    return {
      quantity,
      label: some.measure.label,
      unit: some.measure.unit,
      values,
      differences: against((value, first) => value - first),
      ratios: against((value, first) => value / first),
    }
  })
}

/** The cost itself where it has the quantity: its numbers are the ones that stand elsewhere. */
function askOne(
  { model, ...others }: Compared,
  cost: Cost,
  quantity: string,
): { measure: Measure; value: number | null } {
  const varied = family({ architecture: model.architecture, ...others }, [], [quantity])
  const answers = asker(varied)([])
  const answer = answers instanceof ArchcostError ? null : answers[0]!
  return { measure: varied.measures[0]!, value: readCost(cost, quantity) ?? answer }
}

export interface DifferentSetting {
  address: string
  label: string
  /** Undefined where a model has no such block. */
  values: readonly (SettingValue | readonly number[] | undefined)[]
  /** In no model a value of its own: it follows from settings that differ. */
  follows: boolean
}

/** The settings in which models differ. Where they hold different blocks in one place, the blocks are named and not opened. */
export function differentSettings(models: readonly Compared[]): DifferentSetting[] {
  const placed = models.map(({ model }) => blocksByAddress(model))
  const addresses = [...new Set(placed.flatMap((each) => [...each.keys()].toReversed()))].toSorted(
    (a, b) => firstPlace(models, a) - firstPlace(models, b),
  )
  const rows = [
    ...ofStacks(models),
    ...addresses.flatMap((address) =>
      ofBlock(
        address,
        placed.map((each) => each.get(address)),
        models,
      ),
    ),
    ...ofWorkload(models),
  ]
  return rows.filter(({ values }) =>
    values.some((value) => JSON.stringify(value) !== JSON.stringify(values[0])),
  )
}

function firstPlace(models: readonly Compared[], address: string): number {
  const places = models.map(({ model }) =>
    placements(model).findIndex(({ block }) => block.address === address),
  )
  return Math.min(...places.filter((place) => place >= 0))
}

function ofStacks(models: readonly Compared[]): DifferentSetting[] {
  const row = (
    address: string,
    label: string,
    read: (model: Model) => SettingValue | undefined,
  ): DifferentSetting => ({
    address,
    label,
    values: models.map(({ model }) => read(model)),
    follows: false,
  })
  const roles = [...new Set(models.flatMap(({ model }) => model.stacks.map(({ role }) => role)))]
  return [
    row('max_context', 'Longest context', ({ architecture }) => architecture.max_context),
    ...roles.flatMap((role) => {
      const prefix = roles.length > 1 ? `${role}.` : ''
      return [
        row(`${prefix}d_model`, 'Model width', (model) => model[role]?.names.d_model),
        row(`${prefix}n_layers`, 'Layers', (model) => model[role]?.n_layers),
      ]
    }),
  ]
}

function ofBlock(
  address: string,
  placed: readonly (PlacedBlock | undefined)[],
  models: readonly Compared[],
): DifferentSetting[] {
  const names = placed.map((block) => block?.formulas.name)
  if (names.some((name) => name !== names[0]))
    return [{ address, label: 'Block', values: names, follows: false }]
  const [first] = placed
  const layers = {
    address: `${address}.layers`,
    label: 'Layers that hold it',
    values: models.map(({ model }) => layersWith(model, address)),
    follows: !address.includes('except'),
  }
  return [
    ...(address.includes('.except[') ? [layers] : []),
    ...first!.formulas.settings
      .filter(({ type }) => type !== 'block')
      .map((meta) => ({
        address: `${address}.${meta.name}`,
        label: meta.label,
        values: placed.map((block): SettingValue | readonly number[] => {
          const { given, settings } = block!
          const ratio = meta.type === 'number' && given[meta.name] === undefined
          const hidden = ratio ? hiddenBy({ stated: given, path: [] }, meta, block!) : undefined
          const value: Value = hidden?.value ?? settings[meta.name]!
          return Array.isArray(value) ? value : asWritten(value, meta)
        }),
        follows: placed.every((block) => block!.given[meta.name] === undefined),
      })),
  ]
}

const layersWith = (model: Model, address: string): number =>
  placements(model)
    .filter(({ group, block }) => group !== undefined && block.address === address)
    .reduce((sum, { layers }) => sum + layers, 0)

function ofWorkload(models: readonly Compared[]): DifferentSetting[] {
  const complete = models.map(({ model, workload }) => completeWorkload(model, workload))
  return Object.keys(complete[0]!).map((key) => ({
    address: key,
    label: 'Workload',
    values: complete.map((each) =>
      key === 'weights'
        ? writeFormats(each.weights)
        : (each[key as keyof Workload] as SettingValue),
    ),
    follows: false,
  }))
}
