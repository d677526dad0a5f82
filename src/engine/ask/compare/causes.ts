/** What a difference is put down to: the input, or the block, at which two derivations part. */
import { questions } from '../../../formulas/explanations.ts'
import type { Derivation } from '../../types.ts'

export interface Cause {
  /** `mixer.n_kv_heads`, `n_layers`, `context`, or the address of a block. */
  address: string
  label: string
  /** A block that another stands for, or that only one of them has, is as far as derivations can be walked together. */
  kind: 'setting' | 'workload' | 'layers' | 'block'
  a: Derivation['value'] | null
  b: Derivation['value'] | null
  /** What it adds to the difference. */
  amount: number
  /** Of the whole difference; all shares add up to 1. */
  share: number
}

/** What differs, before it is told how much it adds. */
export type Differing = Omit<Cause, 'amount' | 'share'>

/** What is asked of a block, whole or a part of it, at the end of an address. */
const asked = new RegExp(`\\.(${questions.map(({ name }) => name).join('|')})(\\.[a-z_]+)?$`)

/** The block that a quantity or part belongs to: `mixer.except[0].cache_bytes@decode` is of mixer.except[0]. */
export function blockOf({ address, name = '', file }: Derivation): {
  address: string
  block: string
} {
  const plain = address.split('@')[0]!
  const quantity = name.split('@')[0]!.split('#')[0]!
  const own = plain === quantity ? plain.replace(asked, '') : plain.slice(0, -quantity.length - 1)
  return { address: own, block: /([^/]+)\.yaml$/.exec(file ?? '')?.[1] ?? own }
}

const ofArchitecture = new Set(['d_model', 'n_layers', 'max_context', 'bidirectional'])

/** Two derivations of one thing that cannot be walked further together. */
export function differing(a: Derivation, b: Derivation): Differing {
  const { name = '', address, label, origin } = a
  if (origin === 'workload' || b.origin === 'workload') {
    // What formulas read of the context are past tokens and new ones; a total reads the context itself.
    const own = address.replace(/^workload\./, '')
    const key = own.includes('.') ? name : own
    const is_past = key === 'n_past'
    const context = (value: Derivation['value']): Derivation['value'] =>
      is_past ? Number(value) + 1 : value
    return {
      kind: 'workload',
      address: is_past || key === 'n_new' ? 'context' : key,
      label: is_past ? 'Context' : label,
      a: context(a.value),
      b: context(b.value),
    }
  }
  if (origin !== undefined) {
    const own = ofArchitecture.has(name) ? name : address
    return { kind: 'setting', address: own, label, a: a.value, b: b.value }
  }
  const [left, right] = [blockOf(a), blockOf(b)]
  const both = left.block === right.block ? label : `${left.block} and ${right.block}`
  return { kind: 'block', address: left.address, label: both, a: left.block, b: right.block }
}
