/** Undo and redo. */
import { expect, test } from 'vitest'
import type { ChangeValue } from '../../src/app/models/changes.ts'
import { slotFromCatalogue } from '../../src/app/models/catalogue.ts'
import { freshSession } from '../../src/app/state/fresh.ts'
import { historyOf, step, type History, type HistoryAction } from '../../src/app/state/history.ts'

const start = async (): Promise<History> =>
  historyOf(freshSession([await slotFromCatalogue('llama-3.1-8b', 'A')]))
const after = (history: History, ...actions: HistoryAction[]): History =>
  actions.reduce(step, history)
const change = (value: number): HistoryAction => ({
  kind: 'change',
  letter: 'A',
  address: 'n_layers',
  value,
})

test('a slider dragged over many values is one step back', async () => {
  const history = after(await start(), change(33), change(36), change(40))
  expect(history.past).toHaveLength(1)
  expect(after(history, { kind: 'undo' }).present.slots[0]!.changes).toEqual({})
})

test('what was undone can be redone, until something else is done', async () => {
  const history = after(await start(), change(40), { kind: 'undo' }, { kind: 'redo' })
  expect(history.present.slots[0]!.changes).toEqual({ n_layers: 40 })
  const other = after(history, { kind: 'undo' }, { kind: 'workload', set: { batch: 2 } })
  expect(other.future).toEqual([])
})

test('moving the view is no step', async () => {
  const history = after(await start(), { kind: 'chart', set: { name: 'memory' } })
  expect(history.past).toEqual([])
})

test('undo takes back the change alone: what was looked at since stays in view', async () => {
  const history = after(
    await start(),
    change(40),
    { kind: 'chart', set: { name: 'memory' } },
    { kind: 'undo' },
  )
  expect(history.present.slots[0]!.changes).toEqual({})
  expect(history.present.chart.name).toBe('memory')
  expect(after(history, { kind: 'redo' }).present.chart.name).toBe('memory')
})

test('other machines can be undone', async () => {
  const history = after(await start(), { kind: 'machine', set: { devices: 8 } })
  expect(history.present.machine.devices).toBe(8)
  expect(after(history, { kind: 'undo' }).present.machine.devices).toBe(1)
})

test('an unsound setting keeps the last sound model, and says why', async () => {
  const heads: HistoryAction = {
    kind: 'change',
    letter: 'A',
    address: 'mixer.n_kv_heads',
    value: 7,
  }
  const [slot] = after(await start(), heads).present.slots
  expect(slot!.problem?.message).toContain('cannot be shared evenly')
  expect(slot!.model.architecture).toEqual(slot!.document)
})

test('a block exchanged keeps its place and loses the settings of the other', async () => {
  const exchange: HistoryAction = {
    kind: 'change',
    letter: 'A',
    address: 'mixer.block',
    value: 'latent-attention',
  }
  const [slot] = after(await start(), exchange).present.slots
  expect(slot!.problem).toBeNull()
  const mixer = slot!.model.architecture.stacks[0]!.layer[0]!
  expect([mixer.name, mixer.block, mixer.before]).toEqual(['mixer', 'latent-attention', 'rmsnorm'])
})

test('a pattern taken away takes what was changed inside it along', async () => {
  const address = 'mixer.except'
  const set = (to: string, value: ChangeValue): HistoryAction => ({
    kind: 'change',
    letter: 'A',
    address: to,
    value,
  })
  const [slot] = after(
    await start(),
    set(address, [{ layers: { every: 4, offset: 3 }, block: 'mamba2' }]),
    set(`${address}[0].layers.every`, 8),
    set('mixer.n_heads', 16),
    set(address, []),
  ).present.slots
  expect(slot!.changes).toEqual({ 'mixer.n_heads': 16, [address]: [] })
  expect(slot!.problem).toBeNull()
})

test('another block forgets the settings of the one before, and keeps norms', async () => {
  const set = (to: string, value: ChangeValue): HistoryAction => ({
    kind: 'change',
    letter: 'A',
    address: to,
    value,
  })
  const [slot] = after(
    await start(),
    set('mixer.n_heads', 16),
    set('mixer.before.block', 'layernorm'),
    set('mixer.block', 'latent-attention'),
  ).present.slots
  expect(slot!.changes).toEqual({
    'mixer.before.block': 'layernorm',
    'mixer.block': 'latent-attention',
  })
})
