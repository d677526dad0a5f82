/** Writes the workload: its type, how it is completed, the pass that is made of it, and its keys as data. */
import { perhapsUnsaid } from './compile-workload.ts'
import { comment, head, json } from './emit-code.ts'
import { namesOf } from './emit-contract.ts'
import { emit } from './emit-expression.ts'
import { distinctNames, type Expression } from './expression.ts'
import type { Contract, WorkloadKey } from './mechanism.ts'

export function emitWorkload(contract: Contract): string {
  const { workload } = contract
  const kept = workload.filter(({ instead_of }) => instead_of === undefined)
  const known = [...new Set(kept.flatMap(readBy))].filter(
    (name) => !kept.some((key) => key.name === name),
  )
  const code = [
    comment(
      'A workload with what is left unsaid. Written out: an object that is filled by name takes longer to make than all formulas to compute.',
    ),
    'export function complete(given: Partial<Workload>, known: Known, refuse: Refuse): Workload {',
    ...(known.length > 0 ? [`  const { ${known.join(', ')} } = known`] : []),
    ...kept.flatMap((key) => emitKey(key).map((line) => `  ${line}`)),
    `  return { ${kept.map(({ name }) => name).join(', ')} }`,
    '}\n',
  ].join('\n')
  const helpers = ['choice', 'size', 'whole', 'record', 'atMost'].filter((name) =>
    code.includes(`${name}(`),
  )
  const pass = namesOf(contract, 'pass').map(({ name }) => name)
  const piece = namesOf(contract, 'piece').map(({ name }) => name)
  const readable = new Map(workload.flatMap(readings))
  const given = pass.filter((name) => !readable.has(name))
  return [
    head,
    `import type { Formats, Known, Refuse, WorkloadKeyMeta } from '../runtime.ts'`,
    `import type { Pass, Piece } from './contract.ts'`,
    ...(helpers.length > 0
      ? [`import { ${helpers.join(', ')} } from '../workload-values.ts'`]
      : []),
    '',
    comment('What is run, and the conventions numbers are counted by.'),
    'export interface Workload {',
    ...workload.flatMap(emitField),
    '}\n',
    code,
    comment('Of what no tower is shown.'),
    `export const noPiece: Piece = { ${piece.map((name) => `${name}: 0`).join(', ')} }\n`,
    comment(
      'The pass over `n_new` tokens after `n_past`. Written out, since spreading costs more than all formulas of a layer.',
    ),
    `export const passOf = (workload: Workload, ${given.map((name) => `${name}: number`).join(', ')}, piece: Piece = noPiece): Pass => ({`,
    ...pass.map((name) => `  ${name}: ${readable.get(name) ?? name},`),
    ...piece.map((name) => `  ${name}: piece.${name},`),
    '})\n',
    `export const workloadKeys: readonly WorkloadKeyMeta[] = ${json(workload.map(metaOf))}\n`,
  ].join('\n')
}

function emitField({ name, about, instead_of, ...key }: WorkloadKey): string[] {
  const followed = followedBy(key)
  const optional = instead_of === undefined && followed === undefined ? '' : '?'
  const nullable = `${key.without === 'none' ? ' | null' : ''}${followed === undefined ? '' : ' | undefined'}`
  const note = instead_of === undefined ? '' : ' Never in a workload that is complete.'
  return [`  ${comment(about + note)}`, `  ${name}${optional}: ${typeOf(key)}${nullable}`]
}

/** Names that formulas read, and where each stands in a workload. */
function readings({ name, becomes, fields, without, ...key }: WorkloadKey): [string, string][] {
  if (becomes) return []
  const followed = followedBy(key)
  if (followed !== undefined) return [[name, `workload.${name} ?? workload.${followed}`]]
  if (fields) return fields.map((field) => [field.reads, `workload.${name}?.${field.name} ?? 0`])
  return [[name, `workload.${name}${without === 'none' ? ' ?? 0' : ''}`]]
}

/** The key that a format is that of unless it is said: it stays unsaid, so that it goes with whatever takes the other's place. */
const followedBy = ({
  type,
  default: fallback,
}: Pick<WorkloadKey, 'type' | 'default'>): string | undefined =>
  type === 'format' && fallback.length === 1 && typeof fallback[0] === 'string'
    ? fallback[0]
    : undefined

function typeOf({ type, of, fields = [] }: Pick<WorkloadKey, 'type' | 'of' | 'fields'>): string {
  if (type === 'formats') return 'Formats'
  if (type === 'record') return `{ ${fields.map(({ name }) => `${name}: number`).join('; ')} }`
  return type === 'choice' ? of!.map(({ value }) => json(value)).join(' | ') : 'number'
}

/** The constant that holds a key's value. */
function emitKey(key: WorkloadKey): string[] {
  const { name, type, max, default: fallback } = key
  switch (type) {
    case 'formats':
      return [`const ${name} = known.${name}`]
    case 'choice':
      return [
        `const ${name} = choice(given.${name}, '${name}', ${json(key.of!.map(({ value }) => value))}, refuse) ?? ${emitDefaults(fallback)}`,
      ]
    case 'format':
      if (followedBy(key) !== undefined)
        return [`const ${name} = size(given.${name}, '${name}', refuse)`]
      return [`const ${name} = size(given.${name}, '${name}', refuse) ?? ${emitDefaults(fallback)}`]
    default: {
      const read = `${readerOf(key)} ?? ${fallback.length === 0 ? 'null' : emitDefaults(fallback)}`
      const stacks = key.with?.map((role) => `known.${role}`).join(' && ')
      return [
        ...(stacks === undefined
          ? [`const ${name} = ${read}`]
          : [
              `const ${name}_said = ${read}`,
              `const ${name} = ${stacks} ? ${name}_said : ${key.without === 'none' ? 'null' : key.without}`,
            ]),
        ...(max === undefined ? [] : [`atMost(${name}, '${name}', ${emit(max)}, refuse)`]),
      ]
    }
  }
}

/** Reads what is given; null is what is left unsaid where a key may be none. */
function readerOf({ name, type, min, without, fields = [] }: WorkloadKey): string {
  const given = `given.${name}${without === 'none' ? ' ?? undefined' : ''}, '${name}'`
  switch (type) {
    case 'number':
      return `size(${given}, refuse)`
    case 'record':
      return `record(${given}, { ${fields.map((field) => `${field.name}: ${field.default ?? null}`).join(', ')} }, refuse)`
    default:
      return `whole(${given}, ${min}, refuse)`
  }
}

/** The first that is said. */
function emitDefaults([first, ...others]: readonly Expression[]): string {
  if (others.length === 0) return emit(first!, 1)
  const unsaid = distinctNames(first!).filter((name) => perhapsUnsaid.includes(name))
  const rest = emitDefaults(others)
  const test = unsaid.map((name) => `${name} === undefined`).join(' || ')
  return unsaid.length === 0 ? emit(first!, 1) : `(${test} ? ${rest} : ${emit(first!, 1)})`
}

/** As rooms above read it: which other keys its default and its limit read, in the place of the expressions. */
function metaOf(
  { default: fallback, max, ...key }: WorkloadKey,
  _: number,
  all: readonly WorkloadKey[],
): object {
  const reads = readBy({ default: fallback, ...(max === undefined ? {} : { max }) })
  const usual = fallback.at(-1)
  return {
    ...key,
    ...(typeof max === 'number' ? { max } : {}),
    ...(typeof usual === 'number' ? { default: usual } : {}),
    ...(typeof usual === 'object' && 'text' in usual ? { default: usual.text } : {}),
    reads: all.flatMap(({ name }) => (reads.includes(name) ? [name] : [])),
  }
}

/** The names that a key's default and limit read. */
const readBy = ({ default: fallback, max }: Pick<WorkloadKey, 'default' | 'max'>): string[] =>
  [...fallback, ...(max === undefined ? [] : [max])].flatMap(distinctNames)
