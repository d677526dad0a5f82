/** Links of the past. Each step takes the query of one version to the next, so that none stops working. */
import type { Key, Migration } from './key.ts'
import { entries } from './record.ts'
import { version } from './version.ts'

/** Of models, by the version they start from; a link without one was written by hand. Keys have theirs beside them. */
const ofModels: Readonly<Record<number, Migration>> = {
  0: (query) => {
    const model = query.get('model')
    if (model !== null && !query.has('a')) query.set('a', model)
    query.delete('model')
  },
}

/** What is to be said of a link whose version this page does not know. */
export function versionTrouble(search: string): string[] {
  const said = new URLSearchParams(search).get('v')
  if (said === null || (/^\d+$/.test(said) && Number(said) <= version)) return []
  return [
    `This link says that it is of version ${said.slice(0, 40)}; this page reads up to ${version}. Reload the page if it is old.`,
  ]
}

/** @param keys whose migrations are wanted beside those of models: all of the session */
export function migrated(
  query: URLSearchParams,
  keys: readonly Pick<Key<unknown>, 'migrations'>[] = entries.map(({ key }) => key),
): URLSearchParams {
  const current = new URLSearchParams(query)
  const from = Number(current.get('v') ?? 0)
  for (let step = Number.isInteger(from) && from >= 0 ? from : 0; step < version; step++)
    for (const { migrations } of [{ migrations: ofModels }, ...keys]) migrations?.[step]?.(current)
  current.set('v', String(version))
  return current
}
