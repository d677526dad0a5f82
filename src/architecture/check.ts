/** Documents from outside: checked by the schema, then prepared. Apart from `prepareChecked`, which needs no schema. */
// A document from outside may hold any block, in any format.
import '../formulas/all-blocks.ts'
import { show } from '../formulas/index.ts'
import { problemOf } from '../formulas/shape-problem.ts'
import { ArchcostError } from './errors.ts'
import type { Model } from './model.ts'
import { prepareChecked, towerName } from './prepare.ts'
import {
  architecture,
  type Architecture,
  type LayerPick,
  type Stack,
  type Sublayer,
  type Tower,
} from './schema.ts'

/**
 * Checks an architecture document and makes it ready for `evaluate` and `explain`.
 * @throws ArchcostError `invalid_architecture`
 */
export const prepare = (document: unknown): Model => prepareChecked(checkDocument(document))

/** @throws ArchcostError `invalid_architecture` that names the place, what was found and what is expected */
export function checkDocument(document: unknown): Architecture {
  checkJson(document, [])
  const checked = architecture.safeParse(document, { reportInput: true })
  if (!checked.success) {
    const { path, problem } = problemOf(checked.error.issues[0]!, architecture)
    return fail(path || 'the document', problem)
  }
  checkStacks(checked.data)
  checkTowers(checked.data)
  checkExtra(checked.data)
  return checked.data
}

const fail = (address: string, problem: string): never => {
  throw new ArchcostError('invalid_architecture', problem, address)
}

/** Deeper than any architecture is, and far from what overflows the stack. */
const deepest = 50

/** Refuses what the schema would stumble over, or pass over in silence. */
function checkJson(value: unknown, path: readonly string[]): void {
  const refuse = (problem: string): never =>
    fail(path.slice(0, 6).join('.') + (path.length > 6 ? '…' : '') || 'the document', problem)
  if (path.length > deepest) refuse('is nested too deeply for an architecture')
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol')
    refuse(`${show(value)} is given, which JSON cannot hold`)
  if (typeof value !== 'object' || value === null) return
  if (Object.hasOwn(value, '__proto__')) refuse('the key __proto__ is not known')
  for (const [key, each] of Object.entries(value)) checkJson(each, [...path, key.slice(0, 60)])
}

function checkStacks({ stacks }: Architecture): void {
  const [first, second] = stacks
  if (first!.role === second?.role) fail('stacks', 'two stacks are an encoder and a decoder')
  stacks.forEach((stack, place) => checkLayers(stack, `stacks.${place}`))
}

function checkExtra({ stacks, extra = [] }: Architecture): void {
  if (extra.length > 0 && stacks.at(-1)!.role !== 'decoder')
    fail('extra', 'modules follow the layers of a decoder, and there is none')
  const taken = new Set<string>()
  for (const [place, module] of extra.entries()) {
    if (taken.has(module.name))
      fail(`extra.${place}`, `the name ${module.name} is taken; give the module another`)
    taken.add(module.name)
    checkLayers(module, `extra.${place}`)
  }
}

type Layered = Pick<Stack | Tower, 'layer' | 'depth_routing'>

function checkLayers({ layer, depth_routing }: Layered, address: string): void {
  checkNames(layer, `${address}.layer`)
  if (depth_routing) checkPick(depth_routing, `${address}.depth_routing`)
  layer.forEach(({ except = [] }, sublayer) =>
    except.forEach(({ layers }, index) =>
      checkPick(layers, `${address}.layer.${sublayer}.except.${index}.layers`),
    ),
  )
}

/** Every tower feeds one that is there, and none, by way of others, itself. */
function checkTowers({ stacks, towers = [] }: Architecture): void {
  const taken: string[] = stacks.map(({ role }) => role)
  for (const [place, tower] of towers.entries()) {
    const name = towerName(tower)
    if (taken.includes(name) || name === 'encoder' || name === 'decoder')
      fail(`towers.${place}`, `the name ${name} is taken; give the tower another`)
    taken.push(name)
    checkLayers(tower, `towers.${place}`)
  }
  for (const [place, { feeds }] of towers.entries()) {
    if (feeds !== undefined && !taken.includes(feeds))
      fail(`towers.${place}.feeds`, `there is no ${feeds} to feed; here are ${taken.join(', ')}`)
    const passed = new Set<number>()
    for (
      let at = place;
      at >= 0;
      at = towers.findIndex((each) => towerName(each) === towers[at]!.feeds)
    ) {
      if (passed.has(at)) fail(`towers.${place}.feeds`, 'towers feed each other in a circle')
      passed.add(at)
    }
  }
}

function checkNames(layer: readonly Sublayer[], address: string): void {
  const seen = new Set(['input', 'output', 'depth-router'])
  for (const { name } of layer) {
    if (seen.has(name))
      fail(address, `the name ${name} is taken; sublayers of a layer need different names`)
    seen.add(name)
  }
}

function checkPick(pick: LayerPick, address: string): void {
  if (Array.isArray(pick) || !('every' in pick)) return
  const { every, offset = 0 } = pick
  if (offset >= every)
    fail(address, `offset ${offset} picks no layer; of every ${every} it is at most ${every - 1}`)
}
