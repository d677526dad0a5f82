/** The sentences above the numbers: what fits, and what each of several models wins and pays. */
import { describe, expect, test } from 'vitest'
import { slotFromCatalogue } from '../../../src/app/models/catalogue.ts'
import { evaluated, type Evaluated } from '../../../src/app/models/evaluated.ts'
import { letters } from '../../../src/app/models/letters.ts'
import type { Machine } from '../../../src/app/state/session.ts'
import { compareSentences } from '../../../src/app/verdict/compares.ts'
import { fitOf, fitSentence } from '../../../src/app/verdict/fits.ts'
import { wordsOf } from '../../../src/app/verdict/sentence.ts'
import type { OpenFit } from '../../../src/engine/deploy/open-fit.ts'

const h100: Machine = {
  device: 'NVIDIA H100 SXM',
  devices: 1,
  runtime: 'none',
  tp: null,
  pp: null,
  dp: null,
  ep: null,
  cp: null,
  dp_attention: false,
  settings: null,
}

const results = async (context: number | undefined, ...names: string[]): Promise<Evaluated[]> => {
  const slots = names.map((name, place) => slotFromCatalogue(name, letters[place]!))
  return evaluated(await Promise.all(slots), context === undefined ? {} : { context })
}
const said = async (
  name: string,
  machine: Partial<Machine> = {},
  context?: number,
): Promise<string> =>
  wordsOf(fitSentence((await results(context, name))[0]!, { ...h100, ...machine }, 'GB'))

describe('whether it fits', () => {
  test('Llama 3.1 8B on a card of 80 GB', async () => {
    // 16.06 GB of weights, 17.18 GB for each full context; 3.35 TB/s through 16.07 GB a step.
    expect(await said('llama-3.1-8b')).toBe(
      'Fits 1 × H100 SXM in bf16: 4 sequences of its full 131,072 tokens at once, or 64 of 8,192 tokens; at most 208 tokens/s for one.',
    )
  })

  test('at its full length nothing is said twice', async () => {
    expect(await said('llama-3.1-8b', {}, 131_072)).toMatch(
      /^Fits .*: 4 sequences of its full 131,072 tokens at once; at most \d+ tokens\/s for one\.$/,
    )
  })

  test('what is too large says by how much, and how many would hold it', async () => {
    expect(await said('deepseek-v3', { devices: 8 })).toMatch(
      /^Does not fit 8 × H100 SXM in fp8-block, bf16: [\d.]+ [GM]B too much on the fullest of them; it takes at least 16 of them\.$/,
    )
  })

  test('degrees say how many devices there are, and settings are the runtime’s', async () => {
    expect(await said('deepseek-v3', { tp: 8, pp: 2 })).toMatch(/^Fits 16 × H100 SXM in fp8-block/)
    expect(await said('llama-3.1-8b', { tp: 3 })).toBe(
      'Cannot be cut over 3 × H100 SXM: tp: 3 does not divide n_heads (32) of mixer.',
    )
    const gpt_oss = { runtime: 'vllm', settings: 'memory_share=0.95, sequences=256' }
    expect(await said('gpt-oss-120b', gpt_oss)).toMatch(/^Fits 1 × H100 SXM/)
    expect(await said('gpt-oss-120b', { runtime: 'vllm', settings: 'share=1' })).toMatch(
      /runtime.share: is no setting of vllm/,
    )
  })

  test('a context that does not fit beside the weights says which would', async () => {
    const text = await said('llama-3.1-8b', { device: 'NVIDIA GeForce RTX 4090' }, 131_072)
    expect(text).toMatch(
      /^Fits 1 × RTX 4090 in bf16, but not 131,072 tokens: at most [\d,]+ tokens; it takes at least \d of them\.$/,
    )
  })

  test('a state of fixed size is held however long the context is, and an encoder keeps nothing', async () => {
    expect(await said('mamba-1.4b')).toMatch(/^Fits 1 × H100 SXM/)
    expect(await said('bert-base-uncased')).toBe(
      'Fits 1 × H100 SXM in bf16 and keeps nothing from one pass to the next.',
    )
  })

  test('a number of cards that the model cannot be cut over is refused by its reason', async () => {
    expect(await said('t5-base', { devices: 8 })).toMatch(
      /^Cannot be cut over 8 × H100 SXM: .*does not divide n_heads/,
    )
  })

  test('one sequence more than is said would not fit', async () => {
    const [result] = await results(8192, 'gemma-3-27b')
    const most = (fitOf(result!, h100) as OpenFit).most()!.batch
    const fitsWith = (batch: number): boolean =>
      (fitOf({ ...result!, workload: { ...result!.workload, batch } }, h100) as OpenFit).room.fits
    expect([fitsWith(most), fitsWith(most + 1)]).toEqual([true, false])
  })
})

describe('what each wins and pays', () => {
  test('the cheapest on every count is named first', async () => {
    const three = await results(131_072, 'deepseek-v3', 'llama-3.1-405b', 'qwen3-next-80b-a3b')
    const words = wordsOf(compareSentences(three, 'A'))
    expect(words).toMatch(
      /^C is the cheapest on every count of memory and work\. Beside A, B takes 1\.22× less decode work; its price: /,
    )
    expect(words).toContain('7.34× KV cache')
  })

  test('of several that are not the cheapest, each is said in its largest differences', async () => {
    const three = await results(512, 't5-base', 'gemma-3-27b', 'qwen2.5-vl-7b')
    expect(wordsOf(compareSentences(three, 'A'))).toMatch(
      /^Beside A, B takes \d+× more weights read for a token\. C takes 1\.29× less KV cache; its price: \S+× more \D+\. $/,
    )
  })

  test('equal models cost the same', async () => {
    const two = await results(8192, 'llama-3.1-8b', 'llama-3.1-8b')
    expect(wordsOf(compareSentences(two, 'A'))).toBe('Beside A, B costs the same. ')
  })
})
