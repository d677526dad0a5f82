/** The state as a link and back. */
import { expect, test } from 'vitest'
import { prepare } from '../../src/engine/index.ts'
import { slotFromCatalogue } from '../../src/app/models/catalogue.ts'
import { slotOf, withChanges } from '../../src/app/models/slot.ts'
import { act } from '../../src/app/state/actions.ts'
import { freshSession, firstModel } from '../../src/app/state/fresh.ts'
import { readUrl } from '../../src/app/state/read-url.ts'
import type { Session } from '../../src/app/state/session.ts'
import { writeUrl } from '../../src/app/state/write-url.ts'

const first = () => slotFromCatalogue(firstModel, 'A')

async function reopened(session: Session) {
  const url = new URL(await writeUrl(session), 'https://archcost.example/')
  return readUrl(url.search, url.hash, first)
}

test('the page as it opens has no query', async () => {
  expect(await writeUrl(freshSession([await first()]))).toBe('')
})

test('models, changes, workload and view stand in a readable query', async () => {
  const a = withChanges(await first(), { n_layers: 40, 'mixer.n_kv_heads': 4 })
  const b = await slotFromCatalogue('mixtral-8x7b', 'B')
  let session = freshSession([a, b])
  session = act(session, { kind: 'workload', set: { context: 131_072, pairs: 'full' } })
  session = act(session, { kind: 'chart', set: { name: 'sweep', quantity: 'cache.bytes' } })
  session = act(session, { kind: 'open', opened: { letter: 'B', quantity: 'params.active' } })
  expect(await writeUrl(session)).toBe(
    '?v=1&a=llama-3.1-8b&a.n_layers=40&a.mixer.n_kv_heads=4&b=mixtral-8x7b&context=131072&pairs=full&chart=sweep&of=cache.bytes&open=B.params.active',
  )
  const again = await reopened(session)
  expect(again.troubles).toEqual([])
  expect(again.session).toEqual(session)
})

test('an architecture of the visitor’s own travels in the hash, whole', async () => {
  const { document } = await slotFromCatalogue('gemma-3-12b', 'A')
  const own = slotOf('A', prepare({ ...document, name: 'Mine <b>' }), {
    catalogue: null,
    report: null,
    notes: [],
  })
  const session = freshSession([own])
  const url = await writeUrl(session)
  expect(url).toMatch(/^\?v=1&a=~#a=[\w-]+$/)
  expect((await reopened(session)).session.slots[0]!.document).toEqual(own.document)
})

test('a link without a version, written by hand, still opens', async () => {
  const { session, troubles } = await readUrl('?model=gpt2&context=1k', '', first)
  expect(troubles).toEqual([])
  expect(session.slots[0]!.origin.catalogue).toBe('gpt2')
  expect(session.workload.context).toBe(1000)
})

test('what a link cannot mean is left out and said', async () => {
  const { session, troubles } = await readUrl(
    '?v=1&a=llama-3.1-8b&a.mixer.n_heads=-3&b=no-such-model&context=-5&pairs=some&on=D&chart=pie&open=C.params.total&bytes=bits',
    '#b=broken',
    first,
  )
  expect(session.slots.map(({ letter }) => letter)).toEqual(['A'])
  expect(session.slots[0]!.problem?.message).toContain('mixer.n_heads')
  expect(session.workload).toEqual({})
  expect([session.active, session.chart.name, session.bytes]).toEqual(['A', 'composition', 'GB'])
  expect(session.opened).toBeNull()
  expect(troubles).toHaveLength(3)
})

test('a name without end is cut off where it is said', async () => {
  const { troubles } = await readUrl(`?v=1&a=${'x'.repeat(100_000)}`, '', first)
  expect(troubles.join('').length).toBeLessThan(300)
})

test.each(['a.__proto__=1', 'a.constructor.prototype.x=1', 'a.stacks=1', 'a.n_layers=1e9'])(
  'the hostile change %s is a problem of its model, not of the page',
  async (change) => {
    const { session } = await readUrl(`?v=1&a=llama-3.1-8b&${change}`, '', first)
    expect(session.slots[0]!.problem).not.toBeNull()
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  },
)
