/** The keys of a config that hold values: lists are values, objects are opened. */
import { isObject } from './values.ts'

export interface Leaf {
  /** With the keys it stands in, such as `rope_scaling.factor`. */
  path: string
  keys: readonly string[]
  value: unknown
}

/** Every leaf of an object; an empty object inside is a leaf itself. */
export function leavesOf(object: object, keys: readonly string[] = []): Leaf[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const inside = [...keys, key]
    return isObject(value) && Object.keys(value).length > 0
      ? leavesOf(value, inside)
      : [{ path: inside.join('.'), keys: inside, value: value as unknown }]
  })
}
