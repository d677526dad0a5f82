/** Every key of the session, whatever keys there are: its link, its default and its history. */
import { expect, test } from 'vitest'
import { slotFromCatalogue } from '../../src/app/models/catalogue.ts'
import { quantityGroups } from '../../src/app/results/quantities.ts'
import { freshSession } from '../../src/app/state/fresh.ts'
import { historyOf, step } from '../../src/app/state/history.ts'
import { amount } from '../../src/app/state/key.ts'
import { migrated } from '../../src/app/state/migrations.ts'
import { knownOf, readUrl } from '../../src/app/state/read-url.ts'
import { entries, sessionOf, valueOf, type Entry } from '../../src/app/state/record.ts'
import type { Session } from '../../src/app/state/session.ts'
import { writeUrl } from '../../src/app/state/write-url.ts'

// With an encoder, which alone makes the length of a source a choice, and with experts.
const slots = [
  await slotFromCatalogue('t5-small', 'A'),
  await slotFromCatalogue('mixtral-8x7b', 'B'),
]
const known = knownOf(slots)
const fresh = freshSession(slots)
const nameOf = ({ path }: Entry): string => path.join('.')

/** Values that a key may have: all of a choice, the ends of a range, for texts some. */
async function valuesOf({ key }: Entry): Promise<readonly unknown[]> {
  switch (key.kind) {
    case 'choice':
      return key.values(known)
    case 'amount':
      return [key.min, key.max]
    case 'text':
      return ['attention', 'A, B & C']
    case 'opened':
      return slots.map(({ letter }) => ({ letter, quantity: 'flops.decode at context=4096' }))
    case 'workload': {
      if (key.name === 'images') return [{ count: 2, width: 300, height: 200 }]
      if (key.name === 'weights') return [{ default: 'fp8' }, { experts: 'mxfp4', default: 2 }]
      const settings = await known.settings()
      const { kind, of, min, max } = settings.find(({ address }) => address === key.name)!
      return kind === 'choice' ? of : [min, max]
    }
  }
}

const withValue = (entry: Entry, value: unknown): Session =>
  sessionOf(slots, (each) => (each === entry ? value : valueOf(fresh, each)))

async function reopened(session: Session) {
  const url = new URL(await writeUrl(session), 'https://archcost.example/')
  return readUrl(url.search, url.hash, () => Promise.reject(new Error('the link names models')))
}

test('no two keys have the same name in a link, and none has that of a model', () => {
  const names = entries.map(({ key }) => key.name)
  expect(new Set(names).size).toBe(names.length)
  expect(names.filter((name) => /^([abcdv]$|[abcd]\.)/.test(name))).toEqual([])
})

test.each(entries.map((entry) => [nameOf(entry), entry] as const))(
  'every other value of %s survives its link',
  async (_, entry) => {
    const others = (await valuesOf(entry)).filter((value) => value !== entry.key.usual(slots))
    expect(others.length).toBeGreaterThan(0)
    for (const value of others) {
      const session = withValue(entry, value)
      const again = await reopened(session)
      expect(again.troubles).toEqual([])
      expect(valueOf(again.session, entry)).toEqual(value)
      expect({ ...again.session, slots: [] }).toEqual({ ...session, slots: [] })
    }
  },
)

test('all keys at once survive their link', async () => {
  const last = new Map<Entry, unknown>()
  for (const entry of entries) last.set(entry, (await valuesOf(entry)).at(-1))
  const session = sessionOf(slots, (entry) => last.get(entry))
  const again = await reopened(session)
  expect(again.troubles).toEqual([])
  expect({ ...again.session, slots: [] }).toEqual({ ...session, slots: [] })
})

test('every quantity of the table can be one that two models differ in', async () => {
  const known_quantities = await known.quantities()
  const offered = quantityGroups.flatMap(({ rows }) => rows.map(({ id }) => id))
  expect(offered.filter((id) => !known_quantities.includes(id))).toEqual([])
})

test('the workload and the machine are steps that can be undone, what is looked at is none', () => {
  const steps = entries.filter(({ key }) => key.step).map(nameOf)
  expect(new Set(steps.map((name) => name.split('.')[0]))).toEqual(new Set(['workload', 'machine']))
  const looked = step(historyOf(fresh), { kind: 'chart', set: { difference: 'cache.bytes' } })
  expect(looked.past).toEqual([])
  const run = step(looked, { kind: 'workload', set: { batch: 2 } })
  expect(step(run, { kind: 'undo' }).present).toEqual(looked.present)
})

test('a key brings the migrations of its own links', () => {
  const key = {
    ...amount('share', 1, { min: 0, max: 1 }),
    migrations: {
      0: (query: URLSearchParams) => {
        query.set('share', String(Number(query.get('percent')) / 100))
        query.delete('percent')
      },
    },
  }
  expect(migrated(new URLSearchParams('model=gpt2&percent=50'), [key]).toString()).toBe(
    'a=gpt2&share=0.5&v=2',
  )
  expect(migrated(new URLSearchParams('v=1&percent=50'), [key]).toString()).toBe('v=2&percent=50')
})
