/** The palette finds numbers, settings and terms by what people call them. */
import { expect, test } from 'vitest'
import '../../src/formulas/all-blocks.ts'
import { waysFrom } from '../../src/app/frame/ways.ts'
import { slotFromCatalogue } from '../../src/app/models/catalogue.ts'
import { sift } from '../../src/app/parts/sift.ts'

const slot = await slotFromCatalogue('deepseek-v3', 'A')
const grouped = await slotFromCatalogue('llama-3.1-8b', 'A')

/** What stands first, as many as a palette shows at once. */
const found = (words: string, from = slot): string[] =>
  sift(waysFrom(from, [from]), words)
    .slice(0, 8)
    .map(({ id }) => id)

test.each([
  ['kv', ['quantity cache.bytes']],
  ['KV cache', ['quantity cache.bytes', 'setting mixer.kv_lora_rank']],
  ['heads', ['setting mixer.n_heads', 'term attention-head-count']],
  ['MLA', ['term mla', 'setting mixer.kv_lora_rank']],
  ['rope', ['term rotary-variants', 'setting mixer.position.theta', 'chart rotary']],
  ['vram', ['quantity weights.bytes', 'quantity cache.bytes']],
  ['moe', ['term moe', 'setting ffn.n_experts']],
  ['kv cache per token', ['quantity cache.bytes_per_token']],
  ['throughput', ['chart speed']],
  ['quantization', ['term quantisation']],
  ['num_hidden_layers', ['setting n_layers']],
])('%s leads to what is called so', (words, wanted) => {
  expect(found(words)).toEqual(expect.arrayContaining(wanted))
})

test('GQA leads to key-value heads where a model has them, and to the term', () => {
  expect(found('gqa', grouped)).toEqual(
    expect.arrayContaining(['setting mixer.n_kv_heads', 'term attention-head-count']),
  )
})

test('every way has a name of its own', () => {
  const ids = waysFrom(slot, [slot]).map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('nothing typed keeps everything in its order', () => {
  const ways = waysFrom(slot, [slot])
  expect(sift(ways, ' ')).toEqual(ways)
})
