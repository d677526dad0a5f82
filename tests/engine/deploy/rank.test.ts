/** What a rank holds, against logs of runtimes. */
import { describe, expect, test } from 'vitest'
import { bytesByRole } from '../../../src/architecture/formats.ts'
import { completeParallel, type Degrees } from '../../../src/engine/deploy/parallel.ts'
import { cutModel, weightBytes } from '../../../src/engine/deploy/rank.ts'
import { prepare } from '../../../src/engine/index.ts'
import { loadModel } from '../../../src/import/catalog/index.ts'

const GiB = 2 ** 30
const cut = async (name: string, degrees: Degrees) =>
  cutModel(prepare((await loadModel(name)).architecture), completeParallel(degrees), false)

describe('weights of a rank', () => {
  test('of Qwen3-30B-A3B on four: all but router and norms is cut, 14.2355 of the 14.2474 GiB that vLLM logs', async () => {
    const [stage] = await cut('qwen3-30b-a3b', { tp: 4 })
    expect(weightBytes(stage!, bytesByRole({ default: 'bf16' })) / GiB).toBeCloseTo(14.2355, 4)
  })
})

describe('a layout that cannot be is refused with the reason', () => {
  const layouts: [string, Degrees, RegExp][] = [
    ['llama-3.1-8b', { tp: 3 }, /tp: 3 does not divide n_heads \(32\) of mixer/],
    ['qwen3-30b-a3b', { tp: 8, ep: 3 }, /ep: experts go to ep 3 \* etp 1 = 3 ranks.*of tp 8/],
    ['qwen3-30b-a3b', { tp: 1, dp: 512, etp: 512 }, /etp: 512 does not divide d_ff_expert \(768\)/],
    ['llama-3.1-8b', { pp: 40 }, /pp: 40 stages need as many layers, and there are 32/],
    ['llama-3.1-8b', { tp: 0 }, /tp: 0 is no degree/],
  ]
  test.each(layouts)('%s under %j', async (name, degrees, message) => {
    await expect(cut(name, degrees)).rejects.toThrow(message)
  })
  test('degrees make up the number of devices', () => {
    expect(() => completeParallel({ tp: 4, pp: 2 }, 6)).toThrow(/tp 4 .* pp 2 .* = 8/)
    expect(completeParallel({}, 8)).toMatchObject({ tp: 8, note: expect.stringMatching(/tp 8/) })
    expect(completeParallel({ dp_attention: true }, 8)).toMatchObject({ tp: 1, dp: 8, etp: 8 })
  })
})
