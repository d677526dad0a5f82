/** The state as a link. What is as it would be anyway is left out. */
import { pack } from './compress.ts'
import { firstModel, freshSession } from './fresh.ts'
import { version } from './migrations.ts'
import type { Session } from './session.ts'
import type { Slot } from '../models/slot.ts'
import { inHash, workloadKeys } from './url-keys.ts'
import { writeValue } from './values.ts'

/** @returns `?…#…`, or an empty text for the page as it first opens */
export async function writeUrl(session: Session): Promise<string> {
  const query = new URLSearchParams()
  const put = (key: string, value: string, usual: string): void => {
    if (value !== usual) query.set(key, value)
  }
  const usual = freshSession(session.slots)
  put('page', session.page, usual.page)
  if (session.entry !== null) query.set('entry', session.entry)
  put('ask', session.question, usual.question)
  for (const slot of session.slots) writeSlot(slot, query)
  put('on', session.active, usual.active)
  put('base', session.baseline, usual.baseline)
  if (session.together) query.set('together', '1')
  for (const key of workloadKeys) {
    const value = session.workload[key]
    if (value !== undefined) query.set(key, String(value))
  }
  put('bytes', session.bytes, usual.bytes)
  put('cache', session.holder, usual.holder)
  put('chart', session.chart.name, usual.chart.name)
  put('of', session.chart.quantity, usual.chart.quantity)
  put('against', session.chart.against, usual.chart.against)
  const { budget } = session
  put('budget', String(budget.target), String(usual.budget.target))
  put('budget_of', budget.of, usual.budget.of)
  put('active', String(budget.active), String(usual.budget.active))
  put('device', budget.device ?? 'any', usual.budget.device ?? 'any')
  put('from', budget.from, usual.budget.from)
  put('grain', String(budget.grain), String(usual.budget.grain))
  put('goal', budget.goal, usual.budget.goal)
  if (session.opened) query.set('open', `${session.opened.letter}.${session.opened.quantity}`)
  const hash = await writeDocuments(session.slots)
  const text = readable(query)
  if (text === `a=${firstModel}`) return ''
  return `?v=${version}${text && `&${text}`}${hash && `#${hash}`}`
}

function writeSlot({ letter, origin, changes }: Slot, query: URLSearchParams): void {
  const key = letter.toLowerCase()
  query.set(key, origin.catalogue ?? inHash)
  for (const [address, value] of Object.entries(changes))
    query.set(`${key}.${address}`, writeValue(value))
}

async function writeDocuments(slots: readonly Slot[]): Promise<string> {
  const own = slots.filter(({ origin }) => origin.catalogue === null)
  const parts = own.map(async ({ letter, document }) => {
    try {
      return `${letter.toLowerCase()}=${await pack(document)}`
    } catch (error) {
      throw new Error(`model ${letter} fits no link, ${(error as Error).message}`, { cause: error })
    }
  })
  return (await Promise.all(parts)).join('&')
}

/** Brackets, slashes and tildes need no escape in a query. */
const readable = (query: URLSearchParams): string =>
  query
    .toString()
    .replaceAll('%5B', '[')
    .replaceAll('%5D', ']')
    .replaceAll('%2F', '/')
    .replaceAll('%7E', '~')
