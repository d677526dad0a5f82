/** Jobs begin with the models at hand; with models of their own only where none was chosen. */
import { expect, test } from 'vitest'
import '../../src/formulas/all-blocks.ts'
import { actionsOf, isUntouched } from '../../src/app/frame/jobs.ts'
import { slotFromCatalogue } from '../../src/app/models/catalogue.ts'
import { evaluated } from '../../src/app/models/evaluated.ts'
import { act } from '../../src/app/state/actions.ts'
import { doors, titleOfQuestion } from '../../src/app/state/doors.ts'
import { freshSession } from '../../src/app/state/fresh.ts'
import { readUrl } from '../../src/app/state/read-url.ts'
import { activeSlot, type Question, type Session } from '../../src/app/state/session.ts'

const sessionOf = async (...names: string[]): Promise<Session> =>
  freshSession(
    await Promise.all(
      names.map((name, place) => slotFromCatalogue(name, (['A', 'B'] as const)[place]!)),
    ),
  )

function begun(question: Question, session: Session): Session {
  const active = evaluated(session.slots, session.workload).find(
    ({ letter }) => letter === activeSlot(session).letter,
  )!
  return actionsOf(question, session, active).reduce(act, session)
}

test('comparing puts a dense counterpart of equal active parameters beside a mixture of experts', async () => {
  const after = begun('compare', await sessionOf('qwen3-30b-a3b'))
  expect(after).toMatchObject({ question: 'compare', active: 'A', baseline: 'B' })
  const [own, other] = evaluated(after.slots, after.workload)
  expect(own!.name).toBe('Qwen3-30B-A3B')
  expect(other!.cost.params.total).toBe(other!.cost.params.active)
  expect(other!.cost.params.active).toBeCloseTo(own!.cost.params.active, -7)
})

test('a dense model with windows is compared with itself without them', async () => {
  const after = begun('compare', await sessionOf('gemma-3-12b'))
  expect(after.slots[1]!.model.architecture.name).toMatch(/all layers global$/)
  expect(titleOfQuestion('compare', after.slots)).not.toMatch(/experts/)
})

test('comparing keeps models that stand beside each other already', async () => {
  const before = await sessionOf('gpt2', 'bert-base-uncased')
  expect(begun('compare', before).slots).toEqual(before.slots)
})

test('sizing begins with the shape and the parameters of the model in front, on a device that holds it', async () => {
  const { budget } = begun('size', await sessionOf('deepseek-v3'))
  expect(budget).toMatchObject({ from: 'A', target: 671_026_404_352, device: null })
  expect(begun('size', await sessionOf('gpt2')).budget.device).toBe('NVIDIA H100 SXM')
})

test('stretching keeps the models, and a context that is longer already', async () => {
  const before = await sessionOf('gpt2')
  const after = begun('stretch', before)
  expect(after.slots).toEqual(before.slots)
  expect(after).toMatchObject({ workload: { context: 131_072 }, chart: { name: 'memory' } })
  const longer = act(before, { kind: 'workload', set: { context: 1_000_000 } })
  expect(begun('stretch', longer).workload.context).toBe(1_000_000)
})

test('models that the page or a door opened with are nobody’s choice; changed ones are', async () => {
  const first = await sessionOf('llama-3.1-8b')
  expect(isUntouched(first)).toBe(true)
  expect(isUntouched(await sessionOf('gpt2'))).toBe(false)
  expect(isUntouched(act(first, { kind: 'rename', letter: 'A', name: 'Mine' }))).toBe(false)
  for (const { href } of doors) {
    const { session } = await readUrl(href, '', () => Promise.reject(new Error('no model')))
    expect(isUntouched(session)).toBe(true)
  }
})
