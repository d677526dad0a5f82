/** A document -> a model ready to be evaluated: checked, blocks placed, equal layers together. */
import * as z from 'zod/mini'
import { problemOf, type Names, type Settings } from '../formulas/index.ts'
import { ArchcostError } from './errors.ts'
import { picks } from './layers.ts'
import type { LayerGroup, Model, PlacedBlock, PreparedStack } from './model.ts'
import { placeBlock, placeNorm, type Place, type Shares } from './place.ts'
import { architecture, type Architecture, type BlockUse, type Exception, type Stack, type Sublayer } from './schema.ts'
import { structuralKeys } from './settings.ts'

/**
 * Checks an architecture document and makes it ready for `evaluate` and `explain`.
 * @throws ArchcostError `invalid_architecture` that names the address, what was found and what is expected
 */
export function prepare(document: unknown): Model {
  const checked = architecture.safeParse(document, { reportInput: true })
  if (!checked.success) {
    const { path, problem } = problemOf(checked.error.issues[0]!, architecture)
    throw new ArchcostError('invalid_architecture', problem, path || 'the document')
  }
  const { stacks: said, ...rest } = checked.data
  const roles = said.map(({ role }) => role)
  if (new Set(roles).size < roles.length || roles[0] === undefined) throw new ArchcostError('invalid_architecture', 'two stacks are an encoder and a decoder', 'stacks')
  const shares: Shares = new Map()
  const stacks = said.map((stack) => prepareStack(stack, checked.data, shares))
  return {
    architecture: { ...rest, stacks: said },
    stacks,
    encoder: stacks.find(({ role }) => role === 'encoder'),
    decoder: stacks.find(({ role }) => role === 'decoder'),
  }
}

function prepareStack(stack: Stack, whole: Architecture, shares: Shares): PreparedStack {
  const { role, n_layers } = stack
  const names: Names = { d_model: stack.d_model ?? whole.d_model, n_layers, max_context: whole.max_context, bidirectional: role === 'encoder' ? 1 : 0 }
  const prefix = whole.stacks.length > 1 ? `${role}.` : ''
  const placeAt = (address: string, sublayer: string): Place => ({ address: `${prefix}${address}`, names, sublayer, shares, share: undefined })
  const ends = (end: 'input' | 'output', host?: Settings): PlacedBlock[] => stack[end].flatMap((use) => placeBlock(use, placeAt(`${end}.${use.name ?? use.block}`, end), host))
  checkNames(stack.layer)
  const input = ends('input')
  const groups = groupLayers(stack, placeAt)
  return { role, names, n_layers, input, groups, output: ends('output', input[0]?.settings) }
}

function checkNames(layer: readonly Sublayer[]): void {
  const seen = new Set(['input', 'output', 'depth-router'])
  for (const { name } of layer) {
    if (seen.has(name)) throw new ArchcostError('invalid_architecture', `the name ${name} is taken; sublayers of a layer need different names`, 'layer')
    seen.add(name)
  }
}

export type PlaceAt = (address: string, sublayer: string) => Place

/** Layers are equal where the same exceptions hold, and where none stores what another shares. */
function groupLayers(stack: Stack, placeAt: PlaceAt): LayerGroup[] {
  const { n_layers, layer, depth_routing: routing } = stack
  const groups: (LayerGroup & { layers: number[] })[] = []
  const open = new Map<string, LayerGroup & { layers: number[] }>()
  for (let index = 0; index < n_layers; index++) {
    const matches = layer.map(({ except = [] }) => except.findIndex(({ layers }) => picks(layers, index, n_layers)))
    const routed = routing !== undefined && picks(routing, index, n_layers)
    const key = `${matches.join()} ${routed}`
    const same = open.get(key)
    if (same) {
      same.layers.push(index)
      continue
    }
    const place = placeAt('', '')
    const before = place.shares.size
    const group = {
      layers: [index],
      blocks: layer.flatMap((sublayer, position) => placeSublayer(sublayer, matches[position]!, placeAt)),
      routed: routed ? { capacity: routing.capacity, router: placeBlock({ block: 'depth-router' }, placeAt('depth-router', 'depth-router'))[0]! } : undefined,
    }
    groups.push(group)
    // A layer that stores shared blocks is no model for the next: that one only uses them.
    if (place.shares.size === before) open.set(key, group)
  }
  return groups
}

/** The blocks of a sublayer in a layer where its exception `match` holds, or none (-1). */
export function placeSublayer(sublayer: Sublayer, match: number, placeAt: PlaceAt): PlacedBlock[] {
  const exception = match < 0 ? undefined : sublayer.except![match]!
  const { name, before, after, share, block, blocks, ...settings } = exception ? overrule(sublayer, exception) : sublayer
  if (block === null) return []
  const at: Place = { ...placeAt(exception ? `${name}.except[${match}]` : name, name), share: share === undefined ? undefined : { id: share, path: '' } }
  if ((block === undefined) === (blocks === undefined)) throw new ArchcostError('invalid_architecture', 'says either block or blocks, and not both', at.address)
  const inner = blocks
    ? blocks.flatMap((use, index) => {
        const key = use.name ?? `blocks[${index}]`
        return placeBlock(use, { ...at, address: `${at.address}.${key}`, share: at.share && { id: at.share.id, path: `.${key}` } })
      })
    : placeBlock({ ...dropStructure(settings), block: block! }, at)
  return [...placeNorm(before, at, 'before'), ...inner, ...placeNorm(after, at, 'after')]
}

const dropStructure = (settings: object): Omit<BlockUse, 'block'> => Object.fromEntries(Object.entries(settings).filter(([key]) => !structuralKeys.has(key)))

/** An exception with a block of its own replaces the rule's and its settings; without one it overrules single settings. */
export function overrule(rule: Sublayer, exception: Exception): Sublayer {
  if (exception.block === undefined && exception.blocks === undefined) return { ...rule, ...exception }
  const { name, before, after, share } = rule
  return { name, before, after, share, ...exception }
}

/** The schema of architecture documents as JSON Schema, without the settings of single blocks. */
export const documentSchema = (): unknown => z.toJSONSchema(architecture)
