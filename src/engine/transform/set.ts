/** Sets what a document says at addresses: `d_model`, `n_layers`, `mixer.n_heads`, `mixer.except[0].window`, `mixer.position.theta`. */
import * as z from 'zod'
import { ArchcostError } from '../../architecture/errors.ts'
import type { Architecture } from '../../architecture/schema.ts'
import { transformOf } from './transform.ts'

type Node = Record<string, unknown>

export const set = transformOf({
  name: 'set',
  title: 'Set single settings',
  about:
    'Gives settings another value, by their address as derivations show it. A setting that follows from others has that value from then on.',
  options: z.looseObject({}),
  apply: (document, values) =>
    Object.entries(values).reduce(
      (changed, [address, value]) =>
        setAt(changed, pathOf(changed, address), value, address) as Architecture,
      document,
    ),
})

const ofDocument = new Set(['name', 'd_model', 'max_context', 'max_source'])
const ofStack = new Set(['n_layers', 'input', 'output', 'depth_routing'])

/** The steps to an address: a stack may be left unsaid where there is only one, and `layer` always is. */
function pathOf({ stacks }: Architecture, address: string): string[] {
  const steps = address.split(/[.[\]]+/).filter((step) => step !== '')
  const [first = '', second = ''] = steps
  if (ofDocument.has(first)) return steps
  const role = stacks.find((stack) => stack.role === first)?.role
  if (role !== undefined)
    return [
      'stacks',
      role,
      ...(ofStack.has(second) || second === 'd_model' ? [] : ['layer']),
      ...steps.slice(1),
    ]
  return ['stacks', stacks.at(-1)!.role, ...(ofStack.has(first) ? [] : ['layer']), ...steps]
}

function setAt(
  node: unknown,
  [step, ...rest]: readonly string[],
  value: unknown,
  address: string,
): unknown {
  if (step === undefined) return value
  if (Array.isArray(node)) {
    const index = memberAt(node, step)
    if (index === undefined)
      throw new ArchcostError('unsupported', `there is no ${step} in this document`, address)
    return node.with(index, setAt(node[index], rest, value, address))
  }
  // A norm or a position said by its name alone becomes an object once a setting of it is given.
  const holder = typeof node === 'string' ? { block: node } : (node as Node | null | undefined)
  if (typeof holder !== 'object' || holder === null)
    throw new ArchcostError(
      'unsupported',
      `there is nothing that has a ${step} in this document`,
      address,
    )
  // Blocks side by side are members of their sublayer by name.
  const beside = holder['blocks']
  if (Array.isArray(beside) && memberAt(beside, step) !== undefined)
    return { ...holder, blocks: setAt(beside, [step, ...rest], value, address) }
  return { ...holder, [step]: setAt(holder[step], rest, value, address) }
}

/** A member by its number, or by its name, role or block. */
function memberAt(list: readonly unknown[], step: string): number | undefined {
  const index = /^\d+$/.test(step)
    ? Number(step)
    : (list as readonly Node[]).findIndex((member) =>
        [member['name'] ?? member['role'] ?? member['block']].includes(step),
      )
  return index >= 0 && index < list.length ? index : undefined
}
