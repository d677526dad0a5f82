/** What a model stores: properties of the model, counted once when it is made ready. */
import {
  costOfModel,
  slot,
  totalParams,
  towerRoles,
  type CostOfModel,
  type Stored,
  type Sums,
  type TowerRole,
} from '../formulas/index.ts'
import type { PlacedBlock, PreparedStack, PreparedTower } from './model.ts'

// Filled with a fraction first: an engine keeps an array that has held one as an array of doubles.
const zeros: Sums = Array.from(Object.keys(slot), () => 0.5).fill(0)

/** Sums with a place for every answer of the contract, all 0. */
export const noSums = (): Sums => zeros.slice()

/** Adds parameters that blocks store themselves; of shared ones, only of the first use. */
export function addModel(blocks: readonly PlacedBlock[], times: number, to: Sums): void {
  for (const { formulas, settings, stored_elsewhere } of blocks)
    if (!stored_elsewhere) formulas.addModel(settings, times, to)
}

/** @param towers those of a model whose towers are all known, null for another */
export function countStored(
  stacks: readonly PreparedStack[],
  towers: readonly PreparedTower[] | null,
): { stored: Sums; cost: CostOfModel } {
  const { stored, by_layer } = countParams(stacks)
  const cost = costOfModel(stored, towers && countWhole(towers, stored), by_layer)
  return { stored, cost: frozen(cost) }
}

/** All answers about a model share what is said here, so nobody may change it. */
function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen)
  return Object.freeze(value)
}

/** Parameters of the language model, in all and by layer. */
function countParams(stacks: readonly PreparedStack[]): { stored: Sums; by_layer: number[] } {
  const stored = noSums()
  const by_layer: number[] = []
  for (const { input, groups, output, n_layers } of stacks) {
    addModel(input, 1, stored)
    const start = by_layer.length
    for (let layer = 0; layer < n_layers; layer++) by_layer.push(0)
    for (const { blocks, layers, routed } of groups) {
      const own = routed ? [...blocks, routed.router] : blocks
      addModel(own, layers.length, stored)
      // Not a part of all of them: those may be more than can be counted exactly.
      const one = noSums()
      addModel(own, 1, one)
      for (const layer of layers) by_layer[start + layer] = totalParams(one)
    }
    addModel(output, 1, stored)
  }
  return { stored, by_layer }
}

/** Parameters of all stacks and of the towers of each kind. */
function countWhole(towers: readonly PreparedTower[], stored: Sums): Stored {
  const all = stored.slice()
  const of = (role: TowerRole): Sums => {
    const sums = noSums()
    for (const tower of towers) if (tower.role === role) addTower(tower, sums)
    return sums
  }
  for (const tower of towers) addTower(tower, all)
  const by_role = Object.fromEntries(towerRoles.map((role) => [role, of(role)]))
  return { all, ...by_role } as Stored
}

function addTower({ input, groups, output }: PreparedTower, to: Sums): void {
  addModel(input, 1, to)
  for (const { blocks, layers } of groups) addModel(blocks, layers.length, to)
  addModel(output, 1, to)
}
