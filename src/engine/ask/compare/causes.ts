/** What a difference is put down to: the input, or the block, at which two derivations part. */
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

/** The block that a quantity or part belongs to: `mixer.except[0].cache_bytes@decode` is of mixer.except[0]. */
export function blockOf({ address, name = '', file }: Derivation): {
  address: string
  block: string
} {
  const plain = address.split('@')[0]!
  const quantity = name.split('@')[0]!.split('#')[0]!
  const own =
    plain === quantity
      ? plain.replace(/\.[a-z_]+(\.[a-z_]+)?$/, '')
      : plain.slice(0, -quantity.length - 1)
  return { address: own, block: /([^/]+)\.yaml$/.exec(file ?? '')?.[1] ?? own }
}

export function causeOf(a: Derivation, b: Derivation, amount: number): Omit<Cause, 'share'> {
  const { name = '', address, label, origin } = a
  if (origin === 'workload' || b.origin === 'workload')
    return {
      address: name === 'n_past' || name === 'n_new' ? 'context' : name,
      label: name === 'n_past' ? 'Context' : label,
      kind: 'workload',
      a: name === 'n_past' ? Number(a.value) + 1 : a.value,
      b: name === 'n_past' ? Number(b.value) + 1 : b.value,
      amount,
    }
  if (origin !== undefined)
    return {
      address: ofArchitecture.has(name) ? name : address,
      label,
      kind: 'setting',
      a: a.value,
      b: b.value,
      amount,
    }
  const [left, right] = [blockOf(a), blockOf(b)]
  return {
    address: left.address,
    label: left.block === right.block ? label : `${left.block} and ${right.block}`,
    kind: 'block',
    a: left.block,
    b: right.block,
    amount,
  }
}

const ofArchitecture = new Set(['d_model', 'n_layers', 'max_context', 'bidirectional'])
