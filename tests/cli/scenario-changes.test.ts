/** `--set` says settings of a scenario wherever a quantity of it is asked. */
import { expect, test } from 'vitest'
import { askedUnder, readDesign } from '../../src/cli/ask-options.ts'
import { answersOf } from '../../src/engine/ask/family/family.ts'

const sent = 'expert-parallelism.dispatch_bytes'

test('what is set of a scenario becomes a condition of its quantities, and the model stays as it is', async () => {
  const options = { set: 'ep=32,n_layers=4', context: '8192' }
  const design = await readDesign('deepseek-v3', options, [sent, 'cache.bytes'])
  expect(design.architecture.stacks[0]!.n_layers).toBe(4)
  const asked = askedUnder(design, [sent, `${sent} at batch=2`, 'cache.bytes'], options)
  expect(asked).toEqual([`${sent} at ep=32`, `${sent} at batch=2,ep=32`, 'cache.bytes'])
})

test('conditions may be parted by commas or each begin with at', async () => {
  const design = await readDesign('deepseek-v3', {})
  const [commas, ats] = answersOf(design, [
    `${sent} at ep=32,batch=2`,
    `${sent} at ep=32 at batch=2`,
  ])
  expect(ats).toBe(commas)
})
