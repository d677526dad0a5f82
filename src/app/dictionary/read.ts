/** Entries with their examples computed, each once. */
import { computeEntry, loadEntry, mechanismsOf, pictureOf } from '../../dictionary/index.ts'
import type { ComputedExample, ComputedPicture, Entry, Mechanism } from '../../dictionary/index.ts'
import { hrefOf, hrefOfFigure } from './try.ts'

export interface OpenExample extends ComputedExample {
  /** Opens the calculator in its state; null where it has no model. */
  href: string | null
  /** By figure, opens its derivation. */
  derivations: Readonly<Record<string, string | null>>
}

export interface OpenEntry {
  entry: Entry
  mechanisms: readonly Mechanism[]
  picture: ComputedPicture
  examples: readonly OpenExample[]
}

const known = new Map<string, Promise<OpenEntry>>()

export function openEntry(term: string): Promise<OpenEntry> {
  const opened = known.get(term) ?? read(term)
  known.set(term, opened)
  return opened
}

async function read(term: string): Promise<OpenEntry> {
  const entry = await loadEntry(term)
  const [mechanisms, computed] = await Promise.all([mechanismsOf(term), computeEntry(entry)])
  const [picture, examples] = await Promise.all([
    pictureOf(entry, computed),
    Promise.all(computed.map(withLinks)),
  ])
  return { entry, mechanisms, picture, examples }
}

async function withLinks(example: ComputedExample): Promise<OpenExample> {
  const href = await hrefOf(example)
  const derivations = Object.fromEntries(
    example.figures.map((figure) => [figure.name, hrefOfFigure(href, example, figure)]),
  )
  return { ...example, href, derivations }
}
