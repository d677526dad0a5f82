/** What a rank holds as a bar says it, and what a change of the machine did. */
import { expect, test } from 'vitest'
import { slotFromCatalogue } from '../../../src/app/models/catalogue.ts'
import { evaluated, type Evaluated } from '../../../src/app/models/evaluated.ts'
import type { Machine } from '../../../src/app/state/session.ts'
import { freshSession } from '../../../src/app/state/fresh.ts'
import { changesOf } from '../../../src/app/verdict/before-after.ts'
import { cut, deploymentOf } from '../../../src/app/verdict/deployment.ts'
import { fitOf, givenTo } from '../../../src/app/verdict/fits.ts'
import { segmentsOf } from '../../../src/app/verdict/rank-bar.ts'
import { stageRanks } from '../../../src/engine/deploy/stage-ranks.ts'

const load = async (name: string): Promise<Evaluated> =>
  evaluated([await slotFromCatalogue(name, 'A')], { context: 131_072, batch: 5 })[0]!

const { machine: one } = freshSession([await slotFromCatalogue('llama-3.1-8b', 'A')])
const eight: Machine = { ...one, device: 'NVIDIA H200 SXM', devices: 8 }

const ranksOf = (result: Evaluated, machine: Machine) =>
  stageRanks(result.model, deploymentOf(machine), givenTo(result))

test('latents stand whole on every rank, a sequence a cell; heads are shared out', async () => {
  const latent = segmentsOf(ranksOf(await load('deepseek-v3'), eight)[0]!, '131,072')
  expect(latent.filter(({ look }) => look === 'cache')).toEqual([
    // 61 layers of 512 + 64 elements of 2 bytes, for 5 sequences.
    expect.objectContaining({ isReplicated: true, cells: 5, bytes: 5 * 61 * 576 * 2 * 131_072 }),
  ])
  const heads = segmentsOf(ranksOf(await load('llama-3.1-8b'), eight)[0]!, '131,072')
  expect(heads.filter(({ look }) => look === 'cache')).toEqual([
    // One of 8 key-value heads.
    expect.objectContaining({ isReplicated: false, bytes: 5 * 32 * 2 * 128 * 2 * 131_072 }),
  ])
})

test('the segments and what is left make up what may be used', async () => {
  const machine = { ...eight, runtime: 'vllm' }
  for (const name of ['deepseek-v3', 'llama-3.1-8b'])
    for (const rank of ranksOf(await load(name), cut(machine, { pp: 2 }))) {
      const held = segmentsOf(rank, '').reduce((sum, { bytes }) => sum + bytes, 0)
      // Less than a block of the cache stays unused beside it.
      expect(Math.abs((held + rank.headroom) / rank.available - 1)).toBeLessThan(0.01)
    }
})

test('each stage has its ranks, and together they are all devices', async () => {
  const ranks = ranksOf(await load('llama-3.1-8b'), cut(eight, { pp: 4, dp: 2 }))
  expect(ranks.map((each) => each.ranks)).toEqual([2, 2, 2, 2])
  expect(ranks.map(({ sequences }) => sequences)).toEqual([3, 3, 3, 3])
})

test('a change of the machine is told by what it changed, before and after', async () => {
  const llama = await load('llama-3.1-8b')
  const changes = changesOf(fitOf(llama, one), fitOf(llama, { ...one, devices: 2 }), 'GB')
  expect(changes[0]).toEqual({ words: 'the answer', before: 'does not fit', after: 'fits' })
  // 16.06 GB of weights, of which norms and nothing else are not cut in two.
  expect(changes).toContainEqual({
    words: 'weights of a rank',
    before: '16.06 GB',
    after: '8.031 GB',
  })
  expect(changesOf(fitOf(llama, one), fitOf(llama, one), 'GB')).toEqual([])
})
