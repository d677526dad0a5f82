/** Steps of a derivation by their place in the tree: `[0, 2]` is the third input of the first. */
import type { Derivation } from '../../engine/index.ts'

export type Path = readonly number[]

export const keyOf = (path: Path): string => path.join('.')

export const stepAt = (root: Derivation, path: Path): Derivation =>
  path.reduce((node, place) => node.inputs[place] ?? node, root)

/** The steps from the number down to the one at `path`, both included. */
export const trail = (root: Derivation, path: Path): { path: Path; node: Derivation }[] =>
  [...path.keys(), path.length].map((length) => {
    const part = path.slice(0, length)
    return { path: part, node: stepAt(root, part) }
  })

export interface Line {
  path: Path
  node: Derivation
  depth: number
  /** Of how many beside it, and the how many-th. */
  place: number
  of: number
}

/** The lines of the tree below a step that are in sight. */
export function linesBelow(root: Derivation, top: Path, opened: ReadonlySet<string>): Line[] {
  const visit = (node: Derivation, path: Path, depth: number): Line[] =>
    node.inputs.flatMap((input, place) => {
      const own = [...path, place]
      const line = { path: own, node: input, depth, place: place + 1, of: node.inputs.length }
      return opened.has(keyOf(own)) ? [line, ...visit(input, own, depth + 1)] : [line]
    })
  return visit(stepAt(root, top), top, 1)
}

/** The way down to the first input in which a derivation differs from another's; empty where none does. */
export function firstDifference(one: Derivation, other: Derivation): Path {
  const twinOf = ({ address }: Derivation): Derivation | undefined =>
    other.inputs.find((input) => input.address === address)
  const place = one.inputs.findIndex((input) => !isSame(input, twinOf(input)))
  if (place < 0) return []
  const [input, twin] = [one.inputs[place]!, twinOf(one.inputs[place]!)]
  return twin ? [place, ...firstDifference(input, twin)] : [place]
}

const isSame = ({ value, times }: Derivation, other: Derivation | undefined): boolean =>
  JSON.stringify([value, times]) === JSON.stringify([other?.value, other?.times])

/** Where a step stands, for the line below its words: `mixer.flops` without the pass it is asked about. */
export const placeOf = ({ symbol, name, address }: Derivation): string =>
  symbol ?? (name ?? address).replace(/@\w+/, '')
