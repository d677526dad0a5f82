/** The header of a GGUF file: a model whose tensors are held against it, or what is wrong with the file. */
import * as fc from 'fast-check'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { importGguf, readGguf } from '../../../src/import/gguf/index.ts'
import { ggufBytes, layers, model, type Sizes, type Value } from '../../import/gguf/write.ts'
import { attention, ends, ffn, norms } from '../../import/gguf/load.ts'
import { door } from '../door.ts'
import { changed, changes, printed, type Json } from '../json-changes.ts'
import { mustBeClear, mustBeCost, mustBeJson, mustHelp } from '../sound.ts'

const architectures =
  'llama mistral3 qwen2 qwen2moe qwen3 qwen3moe gemma gemma2 gemma3 phi2 phi3 phimoe deepseek2 gpt-oss smollm3 seed_oss' +
  ' granite granitemoe olmo olmo2 olmoe glm4 glm4moe starcoder2 stablelm command-r cohere2 nemotron internlm2 exaone4 gpt2' +
  ' gptneox falcon bloom mpt mamba lfm2 gemma4 gemma3n qwen35 qwen35moe unheard'

/** What files of some architecture say; each reads what it knows of it. */
const keys: Record<string, Value> = {
  'general.name': 'Small',
  'general.alignment': 32,
  'tokenizer.ggml.tokens': ['a', 'b', 'c'],
  block_count: 4,
  context_length: 4096,
  vocab_size: 1000,
  embedding_length: 64,
  feed_forward_length: 128,
  'attention.head_count': 4,
  'attention.head_count_kv': 2,
  'attention.key_length': 16,
  'attention.value_length': 16,
  'attention.sliding_window': 512,
  'attention.q_lora_rank': 16,
  'attention.kv_lora_rank': 8,
  'rope.freq_base': { f32: 1e6 },
  'rope.dimension_count': 16,
  'rope.scaling.type': 'yarn',
  'rope.scaling.factor': { f32: 4 },
  'rope.scaling.original_context_length': 1024,
  expert_count: 8,
  expert_used_count: 2,
  expert_feed_forward_length: 32,
  expert_shared_count: 1,
  expert_shared_feed_forward_length: 32,
  leading_dense_block_count: 1,
}
const tensors: Sizes = {
  ...ends(64, 1000),
  ...layers(4, { ...norms(64), ...attention(64, 64, 32), ...ffn(64, 128) }),
}
const files: readonly Json[] = architectures.split(' ').flatMap((name) =>
  [keys, without(keys, 'expert'), without(keys, 'rope.scaling')].map((said): Json => ({
    values: model(name, said) as Json,
    tensors: tensors as Json,
    data: { 'rope_freqs.weight': [1, 1, 8, 8] },
  })),
)

function without(said: Record<string, Value>, beginning: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(said).filter(([key]) => !key.startsWith(beginning)))
}

interface Input {
  file: Json
  version: number
  type: number
  bytes: readonly [at: number, cut: number, put: Uint8Array][]
  /** How much of it is there, of 1. */
  share: number
}

const said = Object.keys(keys).flatMap((key) =>
  architectures
    .split(' ')
    .slice(0, 6)
    .map((name) => `${name}.${key}`),
)

export const gguf = door<Input>({
  name: 'gguf',
  inputs: 10_000,
  input: fc.record({
    file: fc
      .tuple(
        fc.constantFrom(...files),
        changes([...said, ...Object.keys(tensors)], architectures.split(' ')),
      )
      .map(([file, steps]) => changed(file, steps)),
    version: fc.constantFrom(3, 3, 3, 2, 1, 4, 0x0300_0000),
    type: fc.constantFrom(0, 1, 2, 8, 12, 30, 39, 1000),
    bytes: fc.oneof(
      { weight: 2, arbitrary: fc.constant([] as [number, number, Uint8Array][]) },
      fc.array(fc.tuple(fc.nat(5000), fc.nat(16), fc.uint8Array({ maxLength: 16 })), {
        maxLength: 3,
      }),
    ),
    share: fc.oneof(
      { weight: 4, arbitrary: fc.constant(1) },
      fc.double({ min: 0, max: 1, noNaN: true }),
    ),
  }),
  async check(input) {
    const bytes = bytesOf(input)
    const read = (from: number, to: number): Promise<Uint8Array> =>
      Promise.resolve(bytes.subarray(from, to))
    try {
      const { architecture, report, notes } = importGguf([
        await readGguf(read, bytes.length, 'model.gguf'),
      ])
      mustBeCost(evaluate(prepare(architecture)))
      mustBeJson({ report, notes })
      for (const { text } of notes) mustHelp(text)
    } catch (error) {
      mustBeClear(error)
    }
  },
  show: (input) => `${printed(input.file)}\n${bytesOf(input).toString('base64')}`,
})

function bytesOf({ file, version, type, bytes, share }: Input): Buffer {
  const { values, tensors: sizes, data } = (file ?? {}) as Record<string, Json>
  let all = ggufBytes(mapped(values, valueOf), mapped(sizes, numbersOf), {
    version,
    type,
    data: mapped(data, numbersOf),
  })
  for (const [at, cut, put] of bytes) {
    const place = at % (all.length + 1)
    all = Buffer.concat([all.subarray(0, place), put, all.subarray(place + cut)])
  }
  return all.subarray(0, Math.ceil(all.length * share))
}

/** Without a prototype, whose names a file may hold too. */
function mapped<To>(json: Json | undefined, to: (each: Json) => To): Record<string, To> {
  const all = Object.create(null) as Record<string, To>
  if (typeof json === 'object' && json !== null)
    for (const [key, each] of Object.entries(json)) all[Buffer.from(key).toString()] = to(each)
  return all
}

const most = 2 ** 32 - 1

/** What a file can hold of a value. */
function valueOf(json: Json): Value {
  if (typeof json === 'number')
    return Number.isInteger(json) && json >= 0 && json <= most ? json : { f32: json }
  if (typeof json === 'string' || typeof json === 'boolean') return json
  if (Array.isArray(json))
    return json.some((each) => typeof each === 'string') ? json.map(String) : numbersOf(json)
  return json !== null && typeof json['f32'] === 'number' ? { f32: json['f32'] } : 'something else'
}

const numbersOf = (json: Json): number[] =>
  (Array.isArray(json) ? json : [json]).map((each) =>
    typeof each === 'number' && each >= 0 ? Math.min(Math.floor(each), most) : 0,
  )
