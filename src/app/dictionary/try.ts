/** A worked example as a link: the calculator with the example's models and workload. */
import type { ComputedExample, ComputedFigure, ExampleModel } from '../../dictionary/index.ts'
import { entries } from '../../import/catalog/index.ts'
import { pack } from '../state/compress.ts'
import { letters } from '../models/letters.ts'
import { version } from '../state/version.ts'
import { writeWorkload } from '../state/url-keys.ts'

/** The models of an example that the page has room for, each with its letter. */
const lettered = (models: readonly ExampleModel[]) =>
  letters.flatMap((letter, place) => (models[place] ? [{ letter, ...models[place] }] : []))

/** @returns null where an example has no model */
export async function hrefOf({ models, workload }: ComputedExample): Promise<string | null> {
  if (models.length === 0) return null
  const query = new URLSearchParams({ v: String(version) })
  const hash: string[] = []
  for (const { letter, ...model } of lettered(models)) {
    const key = letter.toLowerCase()
    if (isPublished(model)) query.set(key, model.catalogue!)
    else {
      query.set(key, '~')
      hash.push(`${key}=${await pack(model.document)}`)
    }
  }
  for (const [key, value] of Object.entries(workload)) query.set(key, writeWorkload(key, value))
  return link(query, hash.join('&'))
}

/** As the catalogue has it; what differs, if only in name, travels as a document. */
function isPublished({ catalogue, changes, name }: ExampleModel): boolean {
  const entry = entries.find((each) => each.name === catalogue)
  return entry !== undefined && Object.keys(changes).length === 0 && entry.title === name
}

/** The example's link with the derivation of one figure open; null where the page does not open it. */
export function hrefOfFigure(
  href: string | null,
  { models }: ComputedExample,
  { opens }: ComputedFigure,
): string | null {
  const model = lettered(models).find(({ key }) => key === opens?.model)
  if (href === null || opens === null || model === undefined) return null
  const [search = '', hash = ''] = href.slice(1).split('#')
  const query = new URLSearchParams(search)
  for (const [key, value] of Object.entries(opens.workload))
    query.set(key, writeWorkload(key, value))
  query.set('on', model.letter)
  query.set('open', `${model.letter}.${opens.quantity}`)
  return link(query, hash)
}

const link = (query: URLSearchParams, hash: string): string =>
  `?${query.toString().replaceAll('%7E', '~')}${hash && `#${hash}`}`
