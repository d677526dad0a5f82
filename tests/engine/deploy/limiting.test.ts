/** Which pipeline stage limits the most sequences, by hand: Llama 3.2 1B on three stages of 5, 6 and 5 layers. */
import { expect, test } from 'vitest'
import { fit, type Fit } from '../../../src/engine/deploy/fit.ts'
import { prepare } from '../../../src/engine/index.ts'
import { loadModel } from '../../../src/import/catalog/index.ts'

const on = async (batch: number): Promise<Fit> =>
  fit(prepare((await loadModel('llama-3.2-1b')).architecture), { device: 'H100 SXM', parallel: { pp: 3 } }, { context: 8192, batch }) // prettier-ignore

test('the stage with the table is fullest with one sequence, the one with six layers limits how many', async () => {
  const { notes, max_batch, per_rank } = await on(1)
  // A token keeps 2 * 8 * 64 values of 2 bytes a layer; a layer has 60,821,504 parameters.
  const free = per_rank.available - 2 * 6 * 60_821_504
  expect(max_batch).toBe(Math.floor(free / (6 * 8192 * 2 * 8 * 64 * 2)))
  expect(notes).toContainEqual(expect.stringMatching(/^stage 2 of 3 limits the most sequences/))
})

test('nothing is said where the rank that is shown is that stage', async () => {
  const { notes } = await on(500)
  expect(notes.join()).not.toContain('limits')
})
