/** What is wrong with the shape of a file or document, in words: an issue of zod -> where, what, and what to do. */
import type * as z from 'zod'
import { didYouMean } from './nearest.ts'
import { show } from './show.ts'

type Issue = z.core.$ZodIssue
type Schema = z.core.$ZodType

/** @param hint what a person may have meant who wrote `found`, for the syntax at hand */
export function problemOf(
  issue: Issue,
  schema: Schema,
  hint: Hint = () => '',
): { path: string; problem: string } {
  return { path: issue.path.join('.'), problem: describe(issue, schema, hint) }
}
type Hint = (found: unknown, expected: string) => string

/** Slips of those who write YAML. */
export const yamlHint: Hint = (found, expected) => {
  if (typeof found === 'boolean') return '; true and false are written 1 and 0'
  if (found === null) return '; null is written none'
  if (!isMap(found) || !expected.includes('text')) return ''
  return Object.keys(found as object).some((key) => key.includes(' ?'))
    ? '; write if(condition, then, else) instead of ? and :'
    : '; text that begins with {, or holds a colon with a blank after it, is written in quotes'
}

function describe(issue: Issue, schema: Schema, hint: Hint): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKey(issue.keys[0]!, keysAt(schema, issue.path))
    case 'invalid_key':
      return `${String(issue.path.at(-1))} is not a name; ${issue.issues[0]?.message ?? 'choose another'} is expected`
    case 'invalid_type':
      return mistyped(issue.input, issue.message, article(issue.expected), hint)
    case 'invalid_union':
      return mistyped(
        issue.input,
        issue.message,
        [...new Set(issue.errors.flatMap(expectedBy))].join(' or '),
        hint,
      )
    case 'invalid_value':
      if (issue.input === undefined)
        return `is missing; one of ${issue.values.join(', ')} is expected`
      return `${show(issue.input)} is none of ${issue.values.join(', ')}${typeof issue.input === 'string' ? didYouMean(issue.input, issue.values.map(String)) : ''}`
    case 'invalid_format':
      return `${show(issue.input)} is given, but ${issue.message} is expected`
    case 'too_small':
      return outOfRange(issue, `at least ${issue.minimum}`)
    case 'too_big':
      return outOfRange(issue, `at most ${issue.maximum}`)
    default:
      return issue.message
  }
}

function outOfRange(
  { input, message, origin }: Issue & { origin: string },
  expected: string,
): string {
  // A schema may say more than how many it wants.
  if (!message.startsWith('Too ')) return message
  if (origin === 'string') return 'is empty; give some text'
  if (Array.isArray(input)) return `has ${input.length} entries, but ${expected} are expected`
  return `${show(input)} is given, but ${expected} is expected`
}

function unknownKey(key: string, known: readonly string[]): string {
  // { expr: min(a, b) } is read as the keys "expr" and "b)".
  if (!/^[\w-]+$/.test(key) && known.includes('expr'))
    return `${show(key)} is read as a key; an expression stands on a line of its own after "expr:", not between { and }`
  return `the key ${key.slice(0, 60)} is not known${didYouMean(key, known) || (known.length > 0 ? `; known are ${known.join(', ')}` : '')}`
}

/** Schemas that say more than what type they want give a message of their own. */
function mistyped(found: unknown, message: string, expected: string, hint: Hint): string {
  const wanted = message.startsWith('Invalid input') ? `${expected} is expected` : message
  return found === undefined
    ? `is missing; ${wanted}`
    : `${show(found)} is given, but ${wanted}${hint(found, wanted)}`
}

const isMap = (value: unknown): boolean => typeof value === 'object' && !Array.isArray(value)

const articles: Record<string, string> = {
  string: 'text',
  number: 'a number',
  array: 'a list',
  object: 'a map of keys',
  int: 'a whole number',
  record: 'a map of names',
}
const article = (type: string): string => articles[type] ?? type

/** What a branch of a union expects, by its first issue. */
const expectedBy = (branch: readonly Issue[]): string[] =>
  branch.slice(0, 1).flatMap((issue) => {
    if (issue.code === 'invalid_union') return issue.errors.flatMap(expectedBy)
    return 'expected' in issue ? [article(issue.expected)] : [issue.message]
  })

/** The keys that the object at `path` may have. */
function keysAt(schema: Schema, path: readonly PropertyKey[]): string[] {
  const { def } = schema as unknown as { def: z.core.$ZodTypes['_zod']['def'] }
  const [key, ...rest] = path
  switch (def.type) {
    case 'object':
      return key === undefined ? Object.keys(def.shape) : keysAt(def.shape[String(key)]!, rest)
    case 'record':
      return keysAt(def.valueType, rest)
    case 'array':
      return keysAt(def.element, rest)
    case 'optional':
    case 'default':
      return keysAt(def.innerType, path)
    default:
      return []
  }
}
