/** What is drawn of a model: bands of like layers, each with the parts that stand side by side in it. */
import { breakdown } from '../../engine/breakdown.ts'
import { placements, towerPlacements, type Placement } from '../../engine/placements.ts'
import type { Evaluated } from '../models/evaluated.ts'
import type { Letter } from '../models/letters.ts'
import type { Area } from './areas.ts'
import { sumOfCosts } from './cost-sum.ts'
import { keepsOf } from './keeps.ts'
import { columnsOf, isMain, type Column, type Held, type Part } from './parts.ts'

/** A row of the drawing; its height is its share. */
export interface Band {
  id: string
  /** `58 layers`, or what stands before or after the layers. */
  title: string
  /** Beneath the title where there are no layers: `129,280 tokens`. */
  note: string
  /** In ascending order, of how many; null before and after the layers. */
  layers: readonly number[] | null
  of: number
  /** Of the stacks of its figure. */
  stack: string
  columns: readonly Column[]
  /** Too small to be seen. */
  small: readonly Part[]
  /** Of all its parts. */
  amount: number
  /** Nothing but the table of the input, which is used here again. */
  isTied: boolean
}

export interface Figure {
  letter: Letter
  name: string
  /** Names of its stacks, towers first: one, or an encoder and a decoder, or towers and a decoder. */
  stacks: readonly string[]
  /** Whether towers have area in it. */
  hasTowers: boolean
  bands: readonly Band[]
  /** Of all bands; null where the question does not apply to the model, as a decode step to an encoder. */
  total: number | null
  tokens: number
}

export function figureOf({ letter, name, model, workload }: Evaluated, area: Area): Figure {
  const rows = breakdown(model, workload)
  const places = [...towerPlacements(model), ...placements(model)].map((place, index) => ({
    ...place,
    cost: rows[index]!.cost,
  }))
  const total = places.reduce((sum, { cost }) => sum + area.of(cost), 0)
  const all = [...model.towers, ...model.stacks]
  const towers = new Set(model.towers.map(nameOf))
  const bands = all.flatMap((stack): Band[] => {
    const called = nameOf(stack)
    const own = places.filter((place) => place.stack === stack)
    const band = (place: string, { held, layers }: Like): Band => {
      const id = `${letter}/${called}/${place}`
      const { columns, small } = columnsOf(held, { id, area, total, workload })
      return {
        id,
        layers,
        of: stack.n_layers,
        stack: called,
        ...words(layers, held, all.length > 1 ? `${called}, ` : ''),
        columns,
        small,
        amount: held.reduce((sum, { cost }) => sum + area.of(cost), 0),
        isTied: columns.length === 0 && held.some(({ cost }) => cost.params.reused_embedding > 0),
      }
    }
    return likeRows(stack, own).map((like, place) => band(`${place}`, like))
  })
  return {
    letter,
    name,
    stacks: all.map(nameOf),
    hasTowers: bands.some(({ amount, stack }) => amount > 0 && towers.has(stack)),
    bands: bands.filter(
      ({ amount, stack }) => amount > 0 || (area.id !== 'cache' && !towers.has(stack)),
    ),
    total: area.ofSteps && !model.has_steps ? null : total,
    tokens: workload.context,
  }
}

type Stack = Placement['stack']

/** `Encoder`, `Vision`: towers of one role are told apart by names of their own. */
const nameOf = (stack: Stack): string => {
  const name = 'name' in stack ? stack.name : stack.role
  return name.charAt(0).toUpperCase() + name.slice(1)
}

interface Like {
  /** Null before and after the layers. */
  layers: readonly number[] | null
  held: Held[]
}

/** What stands before the layers, groups of like layers, and what stands after. */
function likeRows(stack: Stack, own: readonly Placed[]): Like[] {
  const [before, after] = ([stack.input, stack.output] as const).map((blocks) =>
    own.filter(({ block }) => blocks.includes(block)),
  )
  const groups = likeGroups(stack, own)
  const [first] = groups
  const last = groups.at(-1)
  // A norm alone is no row of its own: it goes with the layers beside it.
  const isRow = (held: readonly Held[]): boolean =>
    held.some(({ block }) => isMain(block)) || first === undefined
  if (first && !isRow(before!)) first.held = [...before!, ...first.held]
  if (last && !isRow(after!)) last.held = [...last.held, ...after!]
  const end = (held: readonly Held[]): Like[] =>
    isRow(held) && held.some(({ block }) => !block.stored_elsewhere)
      ? [{ layers: null, held: [...held] }]
      : []
  return [...end(before!), ...groups, ...end(after!)]
}

type Placed = Held & { group: Stack['groups'][number] | undefined }

/** More bands than these cannot be told apart; then widths and windows are no reason for another. */
const most = 8

/** Groups of layers that look alike are drawn as one: they differ by norms, positions, or by where they are stored. */
function likeGroups(stack: Stack, own: readonly Placed[]): Like[] {
  const fine = merged(stack, own, true)
  return fine.length > most ? merged(stack, own, false) : fine
}

function merged({ groups }: Stack, own: readonly Placed[], bySettings: boolean): Like[] {
  const like = new Map<string, { layers: number[]; held: Held[] }>()
  for (const group of groups) {
    const held = own.filter((place) => place.group === group)
    const key = JSON.stringify([
      group.routed?.capacity,
      ...held
        .filter(({ block }) => isMain(block))
        .map(({ block, cost }) => [
          block.formulas.name,
          keepsOf(cost.cache, block.formulas.is),
          bySettings && block.settings,
        ]),
    ])
    const same = like.get(key)
    if (same === undefined) like.set(key, { layers: [...group.layers], held: [...held] })
    else {
      same.layers.push(...group.layers)
      same.held = withAdded(same.held, held)
    }
  }
  return [...like.values()].map(({ layers, held }) => ({
    layers: layers.toSorted((a, b) => a - b),
    held,
  }))
}

/** The same blocks in more layers; what only these have comes after. */
function withAdded(all: readonly Held[], more: readonly Held[]): Held[] {
  const left = new Set(more)
  const addresses = new Set(all.map(({ block }) => block.address))
  const joined = all.map(({ block, layers, cost }): Held => {
    // Exceptions have addresses of their own.
    const same =
      more.find((each) => each.block.address === block.address) ??
      [...left].find(
        (each) =>
          each.block.formulas.name === block.formulas.name && !addresses.has(each.block.address),
      )
    if (same === undefined) return { block, layers, cost }
    left.delete(same)
    return { block, layers: layers + same.layers, cost: sumOfCosts(cost, same.cost) }
  })
  return [...joined, ...left]
}

/** Parameters of a block, and those of a table that it uses again. */
const sizeOf = ({ cost: { params } }: Held): number =>
  (params.whole?.total ?? params.total) + params.reused_embedding

function words(
  layers: readonly number[] | null,
  held: readonly Held[],
  prefix: string,
): Pick<Band, 'title' | 'note'> {
  if (layers !== null) {
    const count = `${layers.length} layer${layers.length === 1 ? '' : 's'}`
    return { title: prefix + count, note: '' }
  }
  // The first that is not small beside another: of a table and positions that is the table.
  const largest = Math.max(...held.map(sizeOf))
  const { block, cost } = held.find((each) => sizeOf(each) >= 0.1 * largest)!
  const { is, title } = block.formulas
  const { vocab_size: vocabulary } = block.settings
  if (is === 'output_head')
    return {
      title,
      note: cost.params.reused_embedding > 0 ? 'tied to the embedding' : 'its own table',
    }
  return {
    title,
    note: typeof vocabulary === 'number' ? `${vocabulary.toLocaleString('en-US')} tokens` : '',
  }
}
