/** Changes to an architecture document, by address: `n_layers`, `mixer.n_heads`, `mixer.except[0].window`, `mixer.block`. */
import type { Architecture } from '../../architecture/schema.ts'

export type SettingValue = number | string | boolean | null
/** In the order they were made; a later change sees the earlier ones. */
export type Changes = Readonly<Record<string, SettingValue>>

type Node = Record<string, unknown>

/** Keys of a sublayer or an exception that stay when its block is exchanged. */
const structural = new Set(['name', 'before', 'after', 'share', 'except', 'layers', 'blocks'])

export function applyChanges(document: Architecture, changes: Changes): Architecture {
  let changed: unknown = document
  for (const [address, value] of Object.entries(changes))
    changed = setAt(changed, stepsOf(document, address), value)
  return changed as Architecture
}

/** The value that a document states at an address; undefined where it states none. */
export function statedAt(document: Architecture, address: string): unknown {
  let node: unknown = document
  for (const step of stepsOf(document, address)) {
    const key = keyIn(node, step)
    if (key === null) return undefined
    const members = key === sideBySide ? (membersOf(node) as Node[]) : null
    node = members ? members[Number(keyIn(members, step))] : (node as Node)[key]
  }
  return node
}

/** A stack may be left unsaid where there is only one, and `layer` always is. */
function stepsOf(document: Architecture, address: string): string[] {
  const steps = address.split(/[.[\]]+/).filter((step) => step !== '')
  const [first = ''] = steps
  if (first === 'name' || first === 'd_model' || first === 'max_context' || first === 'max_source')
    return steps
  const role = document.stacks.find((stack) => stack.role === first)?.role
  const rest = role === undefined ? steps : steps.slice(1)
  const stack = role ?? document.stacks.at(-1)!.role
  const inLayer = !['n_layers', 'd_model', 'input', 'output', 'depth_routing'].includes(rest[0] ?? '')
  return ['stacks', stack, ...(inLayer ? ['layer'] : []), ...rest]
}

/** Among blocks side by side an address names the block alone: `mixer.mamba.d_state`. */
const sideBySide = '(side by side)'
const membersOf = (node: unknown): unknown => (node as Node)['blocks']

/** The key of an object, or the index of a list's member by number, name, role or block. */
function keyIn(node: unknown, step: string): string | null {
  if (!Array.isArray(node)) {
    if (typeof node !== 'object' || node === null) return null
    const members = step in node ? null : membersOf(node)
    return Array.isArray(members) && keyIn(members, step) !== null ? sideBySide : step
  }
  if (/^\d+$/.test(step)) return Number(step) < node.length ? step : null
  const index = (node as Node[]).findIndex((member) =>
    [member['name'], member['role'], member['block']].includes(step),
  )
  return index < 0 ? null : String(index)
}

function setAt(node: unknown, steps: readonly string[], value: SettingValue): unknown {
  const [step, ...rest] = steps
  if (step === undefined) return value
  // A norm or a position given by its name alone becomes an object once one of its settings is changed.
  const holder = typeof node === 'string' ? { block: node } : node
  const key = keyIn(holder, step)
  if (key === null) return node
  if (key === sideBySide)
    return { ...(holder as Node), blocks: setAt(membersOf(holder), steps, value) }
  if (rest.length === 0 && key === 'block') return exchanged(holder as Node, value)
  const old = (holder as Node)[key]
  const changed = setAt(old, rest, value)
  if (Array.isArray(holder)) return holder.with(Number(key), changed)
  return { ...(holder as Node), [key]: changed }
}

/** Another block in the same place; what stays is the place's, and exceptions that bring a block of their own. */
function exchanged(holder: Node, block: SettingValue): Node {
  const kept = Object.fromEntries(Object.entries(holder).filter(([key]) => structural.has(key)))
  if (Array.isArray(kept['except']))
    kept['except'] = (kept['except'] as Node[]).filter((exception) => 'block' in exception)
  return { ...kept, block }
}
