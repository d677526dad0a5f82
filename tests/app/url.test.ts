/** The state as a link and back. */
import { expect, test } from 'vitest'
import { prepare } from '../../src/engine/index.ts'
import { slotFromCatalogue } from '../../src/app/models/catalogue.ts'
import { slotOf, withChanges } from '../../src/app/models/slot.ts'
import { pack } from '../../src/app/state/compress.ts'
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
    '?v=2&a=llama-3.1-8b&a.n_layers=40&a.mixer.n_kv_heads=4&b=mixtral-8x7b&context=131072&pairs=full&chart=sweep&of=cache.bytes&open=B.params.active',
  )
  const again = await reopened(session)
  expect(again.troubles).toEqual([])
  expect(again.session).toEqual(session)
})

test('formats of the weights stand in a link, and links that say bytes of all still open', async () => {
  const weights = { experts: 'mxfp4', head: 1, default: 'bf16' }
  const session = act(freshSession([await first()]), { kind: 'weights', formats: weights })
  expect(await writeUrl(session)).toContain('weights=experts%3Amxfp4%2Chead%3A1%2Cdefault%3Abf16')
  expect((await reopened(session)).session.workload).toEqual({ weights })
  const old = await readUrl('?v=1&a=llama-3.1-8b&bytes_per_weight=1', '', first)
  expect(old.session.workload).toEqual({ weights: { default: 1 } })
  const wrong = await readUrl('?v=1&a=llama-3.1-8b&weights=experts:mxfp5', '', first)
  expect(wrong.troubles).toEqual([expect.stringContaining('weights.experts')])
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
  expect(url).toMatch(/^\?v=2&a=~#a=[\w-]+$/)
  expect((await reopened(session)).session.slots[0]!.document).toEqual(own.document)
})

test('how models are cut over devices and set up there travels in links', async () => {
  const machine = { tp: 4, pp: 2, dp_attention: true, settings: 'memory_share=0.95' }
  const session = act(freshSession([await first()]), { kind: 'machine', set: machine })
  expect(await writeUrl(session)).toContain('tp=4&pp=2&dp_attention=1&runtime_set=memory_share')
  expect((await reopened(session)).session.machine).toMatchObject(machine)
  const wrong = await readUrl('?v=2&a=llama-3.1-8b&tp=1.5', '', first)
  expect(wrong.session.machine.tp).toBeNull()
  expect(wrong.troubles).toEqual([expect.stringMatching(/tp=1\.5; a whole number from 1/)])
})

test('a link of all keys that the first version had opens as it did', async () => {
  const { session, troubles } = await readUrl(
    '?v=1&page=dictionary&entry=rotary&ask=size&a=llama-3.1-8b&a.n_layers=40&b=gpt2&on=B&base=B&together=1' +
      '&context=4096&batch=2&bytes_per_cache=0.5&pairs=full&head=all&scan_form=chunked&page_tokens=32&bytes=GiB&cache=transformers' +
      '&chart=sweep&of=cache.bytes&against=batch&budget=70000000000&budget_of=memory.bytes&active=10000000000&device=any' +
      '&from=mixtral-8x7b&grain=64&goal=loss+at+tokens%3D15T&open=B.params.active',
    '',
    first,
  )
  expect(troubles).toEqual([])
  expect(session.slots.map(({ letter, changes }) => [letter, changes])).toEqual([
    ['A', { n_layers: 40 }],
    ['B', {}],
  ])
  expect(session).toMatchObject({
    page: 'dictionary',
    entry: 'rotary',
    question: 'size',
    active: 'B',
    baseline: 'B',
    together: true,
    bytes: 'GiB',
    holder: 'transformers',
    chart: { name: 'sweep', quantity: 'cache.bytes', against: 'batch' },
    opened: { letter: 'B', quantity: 'params.active' },
  })
  expect(session.workload).toEqual({
    context: 4096, batch: 2, bytes_per_cache: 0.5, pairs: 'full', head: 'all', scan_form: 'chunked', page_tokens: 32,
  }) // prettier-ignore
  expect(session.budget).toEqual({
    of: 'memory.bytes', target: 70e9, active: 10e9, device: null, from: 'mixtral-8x7b', grain: 64, goal: 'loss at tokens=15T',
  }) // prettier-ignore
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
  expect([session.active, session.chart.name, session.bytes]).toEqual(['A', 'drawing', 'GB'])
  expect(session.opened).toBeNull()
  expect(troubles).toEqual([
    expect.stringContaining('Model B of this link could not be opened'),
    expect.stringContaining('context'),
    expect.stringContaining('pairs'),
    expect.stringContaining('on=D'),
    expect.stringContaining('bytes=bits'),
    expect.stringContaining('chart=pie'),
    expect.stringContaining('C.params.total'),
  ])
})

test.each([
  'v=7', 'v=latest', 'page=home', 'ask=why', 'on=B', 'base=C', 'together=yes', 'bytes=bits', 'cache=full', 'chart=pie',
  'of=beauty', 'against=mixer.n_wings', 'open=B.params.total', 'budget=much', 'budget_of=money', 'active=-1',
  'device=abacus', 'x=beauty', 'y_scale=cubic', 'kind=quantum', 'sort=luck', 'descending=perhaps', 'from=nothing', 'grain=3', 'goal=fame', 'context=-1', 'pairs=some',
])('the unknown value %s is said and left out', async (part) => {
  const { session, troubles } = await readUrl(`?a=llama-3.1-8b&${part}`, '', first)
  expect(troubles).toHaveLength(1)
  expect(troubles[0]).toContain(part.split('=')[1])
  expect(session).toEqual(freshSession([await first()]))
}) // prettier-ignore

test('a document is at most 64 kB packed and 4 MB unpacked', async () => {
  const opened = async (packed: string) => {
    const { session, troubles } = await readUrl('?v=1&a=~', `#a=${packed}`, first)
    expect(session).toEqual(freshSession([await first()]))
    return troubles
  }
  expect(await opened('A'.repeat(90_000))).toEqual([
    'Model A of this link could not be opened: its document is longer than the 64 kB that a link may carry',
  ])
  // A thousandth of what it unfolds to, as of a link that is meant to fill the memory.
  const bomb = await pack('0'.repeat(40_000_000))
  expect(await opened(bomb)).toEqual([
    'Model A of this link could not be opened: its document unfolds to more than 4 MB',
  ])
  for (const broken of ['broken', '!', bomb.slice(0, 50), await pack('no model')])
    expect(await opened(broken)).toHaveLength(1)
})

test('a document that no link may carry is not written into one', async () => {
  const noise = Array.from({ length: 100_000 }, (_, at) => Math.sin(at))
  await expect(pack(noise)).rejects.toThrow('64 kB')
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
