/** Models from the headers of safetensors files, with a config.json beside them and without. */
import { expect, test } from 'vitest'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { importCheckpoint } from '../../../src/import/checkpoint.ts'
import { importHeader } from '../../../src/import/header/index.ts'
import { knownFromConfig } from '../../../src/import/header/config-known.ts'
import { importConfig, type Imported } from '../../../src/import/index.ts'
import { readJsonValues } from '../../../src/import/json.ts'
import { readJsonModel, readJsonParts } from '../../../src/import/read-json.ts'
import { packingOf, type Tensor } from '../../../src/import/verify/index.ts'
import {
  deepseek,
  deepseekShapes,
  llama,
  llamaShapes,
  tensors,
  type Shapes,
} from '../verify/checkpoints.ts'

const textsOf = ({ notes }: Imported): string[] => notes.map(({ text }) => text)

/** As the tensors are read where no formulas know the config. */
const unknown = (config: object, all: Tensor[]): Imported =>
  importHeader(
    { tensors: all, packing: packingOf(config), known: knownFromConfig(config, 'unheard') },
    () => importConfig({ model_type: 'unheard', kv_sharing: 'everywhere' }),
  )

test.each<[string, object, Tensor[]]>([
  ['a llama', llama.config, tensors(llamaShapes())],
  ['a DeepSeek-V3 with its module for a further token', deepseek.config, tensors(deepseekShapes())],
])('%s of which no formulas know costs what formulas compute', (_what, config, all) => {
  const listed = evaluate(prepare(unknown(config, all).architecture), { context: 300 })
  const formulas = prepare(importConfig(config).architecture)
  const { params, flops, cache, bytes_read } = evaluate(formulas, { context: 300 })
  expect(listed.params).toEqual(params)
  expect(listed.cache).toEqual(cache)
  expect(listed.flops.prefill_by_kind).toEqual(flops.prefill_by_kind)
  expect(listed.flops.decode_by_kind).toEqual(flops.decode_by_kind)
  expect(listed.bytes_read.decode_cache).toEqual(bytes_read.decode_cache)
})

test('a checkpoint that its config describes is read by formulas, its bytes by its tensors', () => {
  const all = tensors(llamaShapes(), { 'mlp.up_proj.weight': 'F8_E4M3' })
  const { architecture, stored, ...found } = importCheckpoint(all, llama.config, 'small')
  expect(architecture).toMatchObject({ name: 'small', stacks: [{ layer: [{ block: 'attention' }, { block: 'gated-ffn' }] }] }) // prettier-ignore
  expect(textsOf({ architecture, ...found })).toContainEqual(expect.stringContaining('add up to the computed')) // prettier-ignore
  const bytes = all.reduce((sum, tensor) => sum + tensor.bytes, 0)
  expect(stored).toMatchObject({ bytes, by_type: { F8_E4M3: { tensors: 3, bytes: 3 * 160 * 64 } } })
  expect(evaluate(prepare(architecture)).weights.bytes).toBeCloseTo(bytes, 6)
})

test('where the two differ the tensors are counted, and it is said which role, where and by how much', () => {
  const shapes = { ...llamaShapes(), 'model.layers.1.mlp.extra_proj.weight': [64, 10] }
  const found = importCheckpoint(tensors(shapes), llama.config, 'small')
  expect(textsOf(found)[0]).toBe(
    'the tensors of the file hold 640 values more than the formulas of llama compute, first at layer 1 (ffn 640 more); the tensors are counted',
  )
  const { total } = evaluate(prepare(importConfig(llama.config).architecture)).params
  expect(evaluate(prepare(found.architecture)).params.total).toBe(total + 640)
})

test('a name without end is told in part, and a config nested without end is refused', () => {
  const shapes = { ...llamaShapes(), 'model.layers.1.mlp.extra_proj.weight': [64, 10] }
  const named = importCheckpoint(tensors(shapes), { ...llama.config, model_type: 'llama'.repeat(1000) }, 'small') // prettier-ignore
  for (const text of textsOf(named)) expect(text.length).toBeLessThan(1000)
  const deep = JSON.parse('{"a":'.repeat(5000) + '1' + '}'.repeat(5000)) as unknown
  expect(() =>
    importCheckpoint(tensors(llamaShapes()), { num_hidden_layers: deep }, 'deep'),
  ).toThrow('num_hidden_layers: is nested deeper than 50 levels')
})

const warningsOf = ({ notes }: Imported): string[] =>
  notes.filter(({ level }) => level === 'warning').map(({ text }) => text)

test('a header alone tells parameters and roles; windows it does not, so the cache is null', () => {
  const alone = importCheckpoint(tensors(llamaShapes()), null, 'alone')
  const { params, cache } = evaluate(prepare(alone.architecture))
  expect(params).toEqual(evaluate(prepare(importConfig(llama.config).architecture)).params)
  expect(cache).toBeNull()
  expect(warningsOf(alone)).toEqual([
    expect.stringContaining('there is no config.json beside the header'),
    expect.stringContaining('a header says nothing of windows'),
  ])
})

test('sizes of latents follow from shapes; how many experts a token uses does not', () => {
  const alone = importCheckpoint(tensors(deepseekShapes()), null, 'alone')
  const { params, cache } = evaluate(prepare(alone.architecture), { context: 300 })
  const formulas = evaluate(prepare(importConfig(deepseek.config).architecture), { context: 300 })
  // The module for a further token is known by its entrance.
  expect(params.by_role).toEqual(formulas.params.by_role)
  expect(cache).toEqual(formulas.cache)
  expect(params.active).toBe(params.total)
  expect(warningsOf(alone)).toContainEqual(
    expect.stringContaining('How many of 4 experts a token uses is not said'),
  )
})

test('a header can be pasted; an index is refused, since it says no shapes', () => {
  const header = Object.fromEntries(
    tensors(llamaShapes()).map(({ name, dtype, shape, bytes }) => [
      name,
      { dtype, shape, data_offsets: [0, bytes] },
    ]),
  )
  const read = readJsonModel({ __metadata__: { format: 'pt' }, ...header }, null)
  if (read.kind !== 'imported') throw new Error('a header is no document')
  const { total } = evaluate(prepare(importConfig(llama.config).architecture)).params
  expect(evaluate(prepare(read.imported.architecture)).params.total).toBe(total)
  const index = { metadata: { total_size: 8 }, weight_map: { a: 'one', b: 'two', c: 'two' } }
  expect(() => readJsonModel(index, null)).toThrow(
    'weight_map: is an index: it names 3 tensors of 8 bytes in 2 files, without their shapes; give the folder',
  )
})

test('headers of several files are read one after the other, with the config.json or without', () => {
  const all = tensors(llamaShapes()).map(({ name, dtype, shape, bytes }) => [
    name,
    { dtype, shape, data_offsets: [0, bytes] },
  ])
  const [first, second] = [all.slice(0, 7), all.slice(7)].map((part) =>
    JSON.stringify(Object.fromEntries(part)),
  ) as [string, string]
  const read = (...texts: string[]): Imported => {
    const parts = readJsonValues(texts.join('\n'))
    if ('mistake' in parts) throw new Error(parts.mistake.text)
    return readJsonParts(parts.values, null)
  }
  const { total } = evaluate(prepare(importConfig(llama.config).architecture)).params
  for (const found of [read(first, second), read(JSON.stringify(llama.config), second, first)])
    expect(evaluate(prepare(found.architecture)).params.total).toBe(total)
  expect(() => read(first, second, first)).toThrow('stands in two headers; give each part once')
  expect(() => read('{}', '{}', first)).toThrow('3 pieces of JSON stand one after the other')
})

/** RoBERTa in small, as transformers writes it. */
const roberta = {
  model_type: 'roberta',
  architectures: ['RobertaForMaskedLM'],
  hidden_size: 32,
  num_hidden_layers: 1,
  num_attention_heads: 4,
  intermediate_size: 64,
  vocab_size: 100,
  max_position_embeddings: 50,
  type_vocab_size: 1,
}
const module = (name: string, ...shape: number[]): Shapes => ({
  [`${name}.weight`]: shape,
  [`${name}.bias`]: [shape[0]!],
})
const robertaShapes: Shapes = {
  'roberta.embeddings.word_embeddings.weight': [100, 32],
  'roberta.embeddings.position_embeddings.weight': [50, 32],
  'roberta.embeddings.token_type_embeddings.weight': [1, 32],
  ...module('roberta.embeddings.LayerNorm', 32),
  ...module('roberta.encoder.layer.0.attention.self.query', 32, 32),
  ...module('roberta.encoder.layer.0.attention.self.key', 32, 32),
  ...module('roberta.encoder.layer.0.attention.self.value', 32, 32),
  ...module('roberta.encoder.layer.0.attention.output.dense', 32, 32),
  ...module('roberta.encoder.layer.0.attention.output.LayerNorm', 32),
  ...module('roberta.encoder.layer.0.intermediate.dense', 64, 32),
  ...module('roberta.encoder.layer.0.output.dense', 32, 64),
  ...module('roberta.encoder.layer.0.output.LayerNorm', 32),
  'lm_head.bias': [100],
  ...module('lm_head.dense', 32, 32),
  ...module('lm_head.layer_norm', 32),
}

test('an encoder is known by its class, and scores with its table what it fills in', () => {
  const { architecture } = unknown(roberta, tensors(robertaShapes))
  const listed = evaluate(prepare(architecture), { context: 40 })
  const formulas = evaluate(prepare(importConfig(roberta).architecture), { context: 40 })
  expect(listed.cache).toBeNull()
  expect(listed.params.total).toBe(formulas.params.total)
  expect(listed.flops.prefill_by_kind).toEqual(formulas.flops.prefill_by_kind)
})
