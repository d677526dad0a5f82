/** The session key by key, whatever keys there are: made, read, written and compared without naming one. */
import type { Slot } from '../models/slot.ts'
import type { Key } from './key.ts'
import { keys, type Session } from './session.ts'

export interface Entry {
  /** Where it stands in the session: `['page']`, `['chart', 'name']`. */
  path: readonly [string] | readonly [string, string]
  key: Key<unknown>
}

const isKey = (given: object): given is Key<unknown> => 'usual' in given

export const entries: readonly Entry[] = Object.entries(keys as object).flatMap(
  ([name, given]: [string, object]): Entry[] =>
    isKey(given)
      ? [{ path: [name], key: given }]
      : Object.entries(given).map(([inner, key]) => ({ path: [name, inner], key })),
)

type Group = Record<string, unknown>

export function valueOf(session: Session, { path: [name, inner] }: Entry): unknown {
  const value = (session as unknown as Group)[name]
  return inner === undefined ? value : (value as Group)[inner]
}

/** @param value of each key; where it is undefined, the key is left out */
export function sessionOf(slots: readonly Slot[], value: (entry: Entry) => unknown): Session {
  const session: Group = { slots: [...slots] }
  for (const entry of entries) {
    const [name, inner] = entry.path
    const holder = inner === undefined ? session : ((session[name] ??= {}) as Group)
    const given = value(entry)
    if (given !== undefined) holder[inner ?? name] = given
  }
  return session as unknown as Session
}
