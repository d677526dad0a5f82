/** Random values that architectures are made of. */
import * as fc from 'fast-check'

export const flag = fc.constantFrom(0, 1)
export const upTo = (max: number, min = 1): fc.Arbitrary<number> => fc.integer({ min, max })

/** A record whose optional keys are left out at times, since a document leaves out what it does not decide. */
export const some = <T>(keys: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.record(keys, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>
