/** Changes that make no architecture, and models that come and go beside others. */
import { expect, test } from 'vitest'
import '../../src/formulas/all-blocks.ts'
import { slotFromCatalogue } from '../../src/app/models/catalogue.ts'
import { evaluated } from '../../src/app/models/evaluated.ts'
import { withChanges } from '../../src/app/models/slot.ts'
import { act } from '../../src/app/state/actions.ts'
import { freshSession } from '../../src/app/state/fresh.ts'
import type { Session } from '../../src/app/state/session.ts'

const llama = await slotFromCatalogue('llama-3.1-8b', 'A')
const contextOf = ({ slots, workload }: Session) => evaluated(slots, workload)[0]!.workload.context

test.each([
  // The head size follows from width and heads.
  [{ 'mixer.n_heads': 33 }, 'mixer.n_heads'],
  [{ d_model: 4097 }, 'd_model'],
  [{ n_layers: 16, 'mixer.n_heads': 33, vocab: 1 }, 'vocab'],
  [{ 'mixer.n_heads': 33, n_layers: 16 }, 'mixer.n_heads'],
  // A check of the whole block.
  [{ 'mixer.n_kv_heads': 7, n_layers: 16 }, 'mixer.n_kv_heads'],
  [{ 'mixer.position.d_rot': 200 }, 'mixer.position.d_rot'],
])('what is wrong with %j stands at %s', (changes, path) => {
  const slot = withChanges(llama, changes)
  expect(slot.problem?.path).toBe(path)
  expect(slot.model).toBe(llama.model)
  expect(withChanges(slot, {}).problem).toBeNull()
})

test('a model that comes or goes leaves the context of those that stay', async () => {
  const short = await slotFromCatalogue('gpt2', 'B')
  const alone = freshSession([llama])
  const both = act(alone, { kind: 'add', slot: short })
  expect([contextOf(alone), contextOf(both)]).toEqual([8192, 8192])
  const replaced = act(freshSession([llama, { ...llama, letter: 'B' }]), {
    kind: 'replace',
    slot: short,
  })
  expect(contextOf(replaced)).toBe(8192)
  const opened = freshSession([llama, short])
  expect(contextOf(opened)).toBe(1024)
  expect(contextOf(act(opened, { kind: 'remove', letter: 'B' }))).toBe(1024)
})

test('images that a model does not take, or has no room for, are left out of its numbers and said', async () => {
  const seeing = await slotFromCatalogue('qwen2.5-vl-7b', 'B')
  const images = { count: 2, width: 1024, height: 768 }
  const both = freshSession([llama, seeing])
  const [text, vision] = evaluated(both.slots, { images })
  expect([text!.workload.images, vision!.workload.images]).toEqual([null, images])
  expect(vision!.refused).toBeNull()
  const [crowded] = evaluated([seeing], { images, context: 100 })
  expect(crowded!.workload).toMatchObject({ images: null, context: 100 })
  expect(crowded!.refused).toMatch(/its images become [\d,]+ tokens; say at least/)
  const none = act(act(both, { kind: 'workload', set: { images } }), {
    kind: 'workload',
    set: { images: undefined } as never,
  })
  expect(none.workload).toEqual({})
})

test('a model in the place of the only one brings its own context', async () => {
  const short = await slotFromCatalogue('gpt2', 'A')
  expect(contextOf(act(freshSession([llama]), { kind: 'replace', slot: short }))).toBe(1024)
})
