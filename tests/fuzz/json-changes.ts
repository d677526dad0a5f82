/** Changes of JSON, told as data so that a list of them that breaks something can be made shorter. */
import * as fc from 'fast-check'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** `path` leads down: at each level the child of that number, counted round. */
export type Change = { path: readonly number[] } & (
  | { kind: 'drop' | 'double' | 'negate' | 'quote' | 'list' | 'wrap' }
  | { kind: 'scale'; by: number }
  | { kind: 'rename'; to: string }
  | { kind: 'set' | 'add'; key: string; to: Json }
  | { kind: 'repeat' | 'nest'; times: number }
  | { kind: 'copy'; from: readonly number[] }
)

const oddNumbers = [0, -0, 1, 2, 3, -1, 0.5, 1.5, 5e-324, 1e-9, 2 ** 31, 2 ** 53, 1e12, 1e21, 1e300]
const oddTexts =
  '| |0|32|1e5|NaN|null|constructor|__proto__|\u0000|\u202Eabc|\uD800|𝟛𝟚|３２|👩‍👩‍👧|"|{|%s|../..'
const odd: readonly Json[] = [
  ...oddNumbers,
  ...oddTexts.split('|'),
  null,
  true,
  false,
  [],
  {},
  [null],
  [[]],
  [0],
  [-1],
  [1, 'two'],
]
const oddValue = fc.oneof(
  fc.constantFrom(...odd),
  fc.constantFrom(...odd),
  fc.integer(),
  fc.integer({ min: 0, max: 200 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.jsonValue({ maxDepth: 3 }).map((value) => value as Json),
)
const oddKey = fc.oneof(
  fc.constantFrom('', 'constructor', '__proto__', 'prototype', 'toString', 'length', 'name'),
  fc.string({ maxLength: 12 }),
)

const anyPath = fc.array(fc.nat(60), { minLength: 1, maxLength: 8 })

/** @param keys names that mean something behind the door @param values that mean something there */
export function changes(
  keys: readonly string[],
  values: readonly Json[] = [],
): fc.Arbitrary<readonly Change[]> {
  const key = keys.length === 0 ? oddKey : fc.oneof(fc.constantFrom(...keys), oddKey)
  const value = values.length === 0 ? oddValue : fc.oneof(fc.constantFrom(...values), oddValue)
  const change = fc.oneof(
    fc.record({
      path: anyPath,
      kind: fc.constantFrom('drop', 'double', 'negate', 'quote', 'list', 'wrap'),
    }),
    fc.record({
      path: anyPath,
      kind: fc.constant('scale'),
      by: fc.constantFrom(0.5, 2, 3, 1.5, 7, 1000, 1e9, 1e18, 1e300, 1e-300),
    }),
    fc.record({ path: anyPath, kind: fc.constant('rename'), to: key }),
    fc.record({ path: anyPath, kind: fc.constantFrom('set', 'add'), key, to: value }),
    fc.record({
      path: anyPath,
      kind: fc.constantFrom('repeat', 'nest'),
      times: fc.oneof(fc.nat(4), fc.nat(100), fc.constantFrom(1000, 20_000)),
    }),
    fc.record({ path: anyPath, kind: fc.constant('copy'), from: anyPath }),
  ) as fc.Arbitrary<Change>
  return fc.array(change, { maxLength: 5, size: 'max' })
}

/** @returns a value of its own; what is not touched may be shared with `json` */
export function changed(json: Json, steps: readonly Change[]): Json {
  return steps.reduce(
    (now, step) => at(now, step.path, (parent, key) => apply(now, parent, key, step)),
    json,
  )
}

type Held = [key: string | number, value: Json][]

const held = (json: Json): Held =>
  Array.isArray(json)
    ? json.map((value, index) => [index, value])
    : typeof json === 'object' && json !== null
      ? Object.entries(json)
      : []

/** The same kind of container with other content. */
function filled(like: Json, content: Held): Json {
  if (Array.isArray(like)) return content.map(([, value]) => value)
  const object: { [key: string]: Json } = {}
  // A plain assignment to __proto__ would be lost; JSON.parse makes a key of it too.
  for (const [key, value] of content)
    Object.defineProperty(object, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  return object
}

/** Rebuilds what stands on the way to the container that the path ends in. */
function at(
  json: Json,
  path: readonly number[],
  change: (parent: Json, place: number) => Json,
): Json {
  const content = held(json)
  if (content.length === 0) return change(json, 0)
  const [first = 0, ...rest] = path
  const place = first % content.length
  const inner = content[place]![1]
  if (rest.length === 0 || held(inner).length === 0) return change(json, place)
  const next = at(inner, rest, change)
  return filled(json, content.with(place, [content[place]![0], next]))
}

/** What a path leads to. */
function found(json: Json, path: readonly number[]): Json {
  const content = held(json)
  if (content.length === 0 || path.length === 0) return json
  return found(content[path[0]! % content.length]![1], path.slice(1))
}

function apply(whole: Json, parent: Json, place: number, step: Change): Json {
  const content = held(parent)
  if (step.kind === 'add') return filled(parent, [...content, [step.key, step.to]])
  const entry = content[place]
  if (entry === undefined) return step.kind === 'set' ? step.to : parent
  const [key, value] = entry
  const put = (to: Json): Json => filled(parent, content.with(place, [key, to]))
  switch (step.kind) {
    case 'drop':
      return filled(parent, content.toSpliced(place, 1))
    case 'double':
      return filled(parent, content.toSpliced(place, 0, [`${key}_2`, value]))
    case 'negate':
      return put(typeof value === 'number' ? -value : typeof value === 'boolean' ? !value : null)
    case 'quote':
      return put(typeof value === 'string' ? Number(value) || 0 : printed(value).slice(0, 1000))
    case 'list':
      return put([value])
    case 'wrap':
      return put({ [key]: value })
    case 'scale':
      return put(typeof value === 'number' ? finite(value * step.by) : step.by)
    case 'rename':
      return filled(parent, content.with(place, [step.to, value]))
    case 'set':
      return put(step.to)
    case 'repeat':
      return put(repeated(value, step.times))
    case 'nest':
      return put(nested(value, step.times))
    case 'copy':
      return put(found(whole, step.from))
  }
}

/** JSON has no infinity. */
const finite = (value: number): number => (Number.isFinite(value) ? value : Number.MAX_VALUE)

/** No longer than an input may be that is answered at once. */
const longest = 100_000

function repeated(value: Json, times: number): Json {
  const most = Math.min(times, Math.ceil(longest / (printed(value).length + 1)))
  if (typeof value === 'string') return value.repeat(most)
  const list = Array.isArray(value) ? value : [value]
  return Array.from({ length: most }, () => list).flat()
}

function nested(value: Json, times: number): Json {
  let deep = value
  for (let level = 0; level < times; level++) deep = level % 2 === 0 ? [deep] : { a: deep }
  return deep
}

/** As text; what is nested more deeply than can be printed says so. */
export function printed(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    return '(nested too deeply to be printed)'
  }
}
