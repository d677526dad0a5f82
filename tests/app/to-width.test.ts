/** The slider of the width keeps a model's proportions. */
import { expect, test } from 'vitest'
import '../../src/formulas/all-blocks.ts'
import { slotFromCatalogue } from '../../src/app/models/catalogue.ts'
import { withChanges, type Slot } from '../../src/app/models/slot.ts'
import { toWidth } from '../../src/app/settings/to-width.ts'

const at = (slot: Slot, width: number): Slot => withChanges(slot, toWidth(slot.model, '', width))

test('heads keep their size, and the feed-forward width its ratio', async () => {
  const slot = await slotFromCatalogue('llama-3.1-8b', 'A')
  // The 28,672 of Llama 3.1 70B are three and a half times its 8192 as well.
  expect(toWidth(slot.model, '', 8200)).toEqual({
    d_model: 8192, 'mixer.n_heads': 64, 'mixer.n_kv_heads': 16, 'ffn.d_ff': 28_672,
  }) // prettier-ignore
  expect(at(slot, 100).changes).toMatchObject({ d_model: 512, 'mixer.n_heads': 4 })
})

test.each([
  'llama-3.1-8b',
  'gpt2',
  'mixtral-8x7b',
  'deepseek-v3',
  'gemma-3-12b',
  'qwen3-30b-a3b',
  'mamba-1.4b',
])('%s is a sound model at twice its width, and comes back as it was', async (name) => {
  const slot = await slotFromCatalogue(name, 'A')
  const { d_model } = slot.model.architecture
  const wide = at(slot, 2 * d_model)
  expect(wide.problem).toBeNull()
  expect(wide.model.architecture.d_model).toBe(2 * d_model)
  const back = withChanges(wide, { ...wide.changes, ...toWidth(wide.model, '', d_model) })
  const heads = (each: Slot) => JSON.stringify(each.model.stacks.map(({ groups }) => groups.map(({ blocks }) => blocks.map(({ settings }) => settings)))) // prettier-ignore
  expect(heads(back)).toBe(heads(slot))
})
