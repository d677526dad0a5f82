/** The settings in which models differ. */
import { writeFormats } from '../../../architecture/formats.ts'
import type { Model, PlacedBlock } from '../../../architecture/model.ts'
import type { Value } from '../../../formulas/index.ts'
import { placements } from '../../placements.ts'
import type { Workload } from '../../types.ts'
import { asWritten, blocksByAddress, hiddenBy } from '../../vary/hold.ts'
import type { SettingValue } from '../../vary/setting.ts'
import { completeWorkload } from '../../workload.ts'
import type { Compared } from './compare.ts'

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
