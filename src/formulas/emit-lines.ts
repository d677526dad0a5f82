/** Writes the definitions of a mechanism as straight-line code: one constant after the other. */
import { readsOf } from './compile-mechanism.ts'
import { namesOf } from './emit-contract.ts'
import { emit } from './emit-expression.ts'
import { distinctNames, type Expression } from './expression.ts'
import { constants } from './functions.ts'
import type { Contract, Definition, Mechanism } from './mechanism.ts'
import { variable } from './names.ts'

export interface Lines {
  code: string
  /** What the function that holds the code calls its settings and its pass; unused ones begin with an underscore. */
  settings: string
  pass: string
}

/**
 * Code for some definitions and all they need, after the settings and names these read.
 * @param extra further expressions that the function reads
 */
export function straightLines(
  mechanism: Mechanism,
  contract: Contract,
  wanted: readonly string[],
  extra: readonly Expression[] = [],
): Lines {
  const { needed, reads } = collect(mechanism, [...wanted, ...extra.flatMap(distinctNames)])
  const pass = new Set(
    [...namesOf(contract, 'pass'), ...namesOf(contract, 'piece')].map(({ name }) => name),
  )
  const fromPass = [...reads].filter((name) => pass.has(name))
  const fromSettings = [...reads].filter((name) => !pass.has(name))
  const lines = mechanism.definitions
    .filter(({ name }) => needed.has(name))
    .map((definition) => `  const ${variable(definition.name)} = ${valueOf(definition)}\n`)
  return {
    code: destructure(fromSettings, 's') + destructure(fromPass, 'w') + lines.join(''),
    settings: fromSettings.length > 0 ? 's' : '_s',
    pass: fromPass.length > 0 ? 'w' : '_w',
  }
}

/** The names of the definitions that some names need, these among them. */
export const neededFor = (mechanism: Mechanism, names: readonly string[]): ReadonlySet<string> =>
  collect(mechanism, names).needed

/** The definitions that are needed for some names, and the settings and names of the contract that these read. */
function collect(
  { definitions }: Mechanism,
  names: readonly string[],
): { needed: Set<string>; reads: Set<string> } {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]))
  const needed = new Set<string>()
  const reads = new Set<string>()
  const visit = (name: string): void => {
    const definition = byName.get(name)
    if (!definition) {
      if (!Object.hasOwn(constants, name)) reads.add(name)
    } else if (!needed.has(name)) {
      needed.add(name)
      readsOf(definition).forEach(visit)
    }
  }
  names.forEach(visit)
  return { needed, reads }
}

/** Takes names out of a record; nothing where there are none. */
export const destructure = (names: readonly string[], from: string): string =>
  names.length === 0 ? '' : `  const { ${names.join(', ')} } = ${from}\n`

function valueOf({ expression, over }: Definition): string {
  if (!over) return emit(expression)
  return `Array.from({ length: Math.ceil(${emit(over.count)}) }, (_, ${over.index}) => ${emit(expression)})`
}
