/** Addresses as derivations show them (`mixer.except[0].window`, `mixer.mamba.d_state`) -> places in a document. */
import { ArchcostError } from '../../architecture/errors.ts'
import type { Architecture } from '../../architecture/schema.ts'
import type { Path } from './path.ts'

const ofDocument = new Set(['name', 'd_model', 'max_context', 'max_source'])
const ofStack = new Set(['n_layers', 'input', 'output', 'depth_routing'])

/** The steps of an address: a stack may be left unsaid where there is only one, and `layer` always is. */
function stepsOf({ stacks }: Architecture, address: string): string[] {
  const steps = address.split(/[.[\]]+/).filter((step) => step !== '')
  const [first = '', second = ''] = steps
  if (ofDocument.has(first)) return steps
  const role = stacks.find((stack) => stack.role === first)?.role
  if (role !== undefined) {
    const layer = ofStack.has(second) || second === 'd_model' ? [] : ['layer']
    return ['stacks', role, ...layer, ...steps.slice(1)]
  }
  return ['stacks', stacks.at(-1)!.role, ...(ofStack.has(first) ? [] : ['layer']), ...steps]
}

/**
 * Where an address leads in a document.
 * @throws ArchcostError where there is no such place
 */
export function pathOf(document: Architecture, address: string): Path {
  const path: (string | number)[] = []
  let node: unknown = document
  const fail = (problem: string): never => {
    throw new ArchcostError('unsupported', `${problem} in this document`, address)
  }
  const enter = (list: readonly unknown[], step: string): void => {
    const index = memberAt(list, step) ?? fail(`there is no ${step}`)
    path.push(index)
    node = list[index]
  }
  for (const step of stepsOf(document, address)) {
    if (Array.isArray(node)) {
      enter(node, step)
      continue
    }
    if (typeof node === 'string') node = {}
    if (typeof node !== 'object' || node === null)
      return fail(`there is nothing that has a ${step}`)
    const holder = node as Record<string, unknown>
    const beside = holder['blocks']
    // Blocks side by side are members of their sublayer by name.
    if (Array.isArray(beside) && memberAt(beside, step) !== undefined) {
      path.push('blocks')
      enter(beside, step)
      continue
    }
    path.push(step)
    node = holder[step]
  }
  return path
}

/** A member by its number, or by its name, role or block. */
function memberAt(list: readonly unknown[], step: string): number | undefined {
  const named = (member: unknown): boolean => {
    const { name, role, block } = member as Record<string, unknown>
    return (name ?? role ?? block) === step
  }
  const index = /^\d+$/.test(step) ? Number(step) : list.findIndex(named)
  return index >= 0 && index < list.length ? index : undefined
}
