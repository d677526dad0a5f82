/** Costs added up from parts are those of `evaluate`, whatever varies and in whatever order. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asker, costAt, family } from '../../../src/engine/ask/family/family.ts'
import { readCost } from '../../../src/engine/ask/quantity/measures.ts'
import { quantities } from '../../../src/engine/explain/totals.ts'
import { attempt } from '../../../src/architecture/errors.ts'
import { ArchcostError, evaluate, prepare, type Architecture } from '../../../src/engine/index.ts'
import type { SettingValue } from '../../../src/engine/vary/index.ts'
import { architectures, published } from './architectures.ts'

const names = quantities
  .map(({ name }) => name)
  .filter((name) => !/^(weights|memory|loss|params.whole)|reused/.test(name))

/** Answers that differ from those of a whole evaluation, over a walk through values of the settings. */
function differences(
  architecture: Architecture,
  choices: Record<string, SettingValue[]>,
  held: readonly string[] = [],
): string[] {
  const varied = family({ architecture, workload: {} }, Object.keys(choices), names, held)
  const ask = asker(varied)
  const walk = fc.sample(
    fc.tuple(...Object.values(choices).map((each) => fc.constantFrom(...each))),
    12,
  )
  return walk.flatMap((values) => {
    const answer = ask(values)
    const expected = attempt(() => costAt(varied, values))
    if (answer instanceof ArchcostError || expected instanceof ArchcostError)
      return answer instanceof ArchcostError && expected instanceof ArchcostError
        ? []
        : [`${values.join()}: one is refused`]
    return names.flatMap((name, place) => {
      const [found, whole] = [answer[place]!, readCost(expected, name)!]
      return found === whole || Math.abs(found / whole - 1) < 1e-12
        ? []
        : [`${values.join()}: ${name} is ${found}, not ${whole}`]
    })
  })
}

test('for random architectures', () => {
  fc.assert(
    fc.property(architectures, (architecture) => {
      const [stack] = architecture.stacks
      const moe = stack!.layer[1]!.block === 'moe'
      const choices = {
        n_layers: [1, 4, 7, 12],
        d_model: [64, 96, 128],
        context: [1, 50, 64, 500],
        batch: [1, 3],
        ...(moe ? { 'ffn.top_k': [1, 2, 9] } : {}),
        ...(stack!.depth_routing
          ? { 'depth_routing.capacity': [0.5, 0.3], 'depth_routing.every': [1, 3] }
          : {}),
      }
      expect(differences(architecture, choices)).toEqual([])
    }),
    { numRuns: 150 },
  )
})

test.each<[string, Record<string, SettingValue[]>]>([
  [
    'deepseek-v3',
    {
      n_layers: [2, 5, 61],
      'ffn.n_experts': [8, 256],
      'ffn.top_k': [8, 10],
      d_model: [512, 7168],
      'ffn.except[0].layers.first': [1, 4],
    },
  ],
  [
    'gemma-3-4b',
    {
      n_layers: [6, 13],
      window: [null, 7, 1024],
      d_model: [256, 2560],
      context: [9, 9000],
      dtype: [1, 2],
    },
  ],
  ['gemma-3n-e2b', { context: [9, 9000], n_layers: [30] }],
  ['whisper-tiny', { 'decoder.n_layers': [1, 4], batch: [1, 2], source: [100, 3000] }],
  ['t5-small', { d_model: [128, 512], context: [10, 300] }],
  ['gpt2', { n_layers: [1, 12], d_model: [768, 769], max_context: [1024, 99] }],
])('for %s', async (name, choices) => {
  expect(differences(await published(name), choices)).toEqual([])
})

// One alone, so that nothing else that changes has answers computed again.
test.each<[string, string, SettingValue[]]>([
  ['deepseek-v3', 'context', [1, 9000]],
  ['deepseek-v3', 'batch', [1, 5]],
  ['deepseek-v3', 'latent_form', ['auto', 'expanded', 'absorbed']],
  ['deepseek-v3', 'pairs', ['causal', 'full']],
  ['deepseek-v3', 'head', ['last', 'all']],
  ['deepseek-v3', 'dtype', [1, 2]],
  ['deepseek-v3', 'cache_dtype', [1, 2]],
  ['llama-3.1-8b', 'cache_dtype', [1, 2]],
  ['deepseek-v3', 'bytes_per_activation', [1, 2]],
  ['deepseek-v3', 'flops_per_mac', [1, 2]],
  ['jamba-v0.1', 'scan_form', ['auto', 'recurrent', 'chunked', 'parallel']],
  ['jamba-v0.1', 'state_dtype', [2, 4]],
  ['gemma-3-4b', 'page_tokens', [16, 256]],
  // Which the rotation takes over from its host.
  ['llama-3.1-8b', 'mixer.n_heads', [8, 32]],
  ['gpt2', 'input.token-embedding.vocab_size', [100, 50257]],
])('for %s and its %s alone', async (name, setting, values) => {
  expect(differences(await published(name), { [setting]: values })).toEqual([])
})

test.each<[string, Record<string, SettingValue[]>, string[]]>([
  // Of 32 heads with 8 for keys and values, widths that are no multiple of 512 make none.
  ['llama-3.1-8b', { d_model: [2816, 4096, 4100, 5120], n_layers: [2, 32] }, ['d_head']],
  [
    'llama-3.1-8b',
    { d_model: [2944, 4096, 5120], 'mixer.n_kv_heads': [4, 5, 8] },
    ['d_head', 'ffn_ratio'],
  ],
  ['gemma-3-4b', { d_model: [2560, 2600, 5120], window: [7, 1024] }, ['mixer.d_head']],
])('for %s with %j, where %j is held', async (name, choices, held) => {
  expect(differences(await published(name), choices, held)).toEqual([])
})

test('a refused value refuses no other', async () => {
  const llama = { architecture: await published('llama-3.1-8b'), workload: {} }
  const ask = asker(family(llama, ['d_model'], ['mixer.n_heads'], ['d_head']))
  expect(ask([4100])).toBeInstanceOf(ArchcostError)
  expect(ask([5120])).toEqual([40])
})

test('what is varied does not follow what is held', async () => {
  const llama = { architecture: await published('llama-3.1-8b'), workload: { context: 8192 } }
  const varied = family(llama, ['d_model', 'n_kv_heads'], ['cache.bytes'], ['d_head'])
  // Two tensors of 4 heads of 128 in 32 layers, two bytes each.
  expect(asker(varied)([5120, 4])).toEqual([2 * 4 * 128 * 32 * 2 * 8192])
})

test('what the changed setting does not reach is not computed again', () => {
  const { terms } = family(
    { architecture: fc.sample(architectures, 1)[0]!, workload: {} },
    ['context', 'ffn.activation'],
    ['params.total', 'flops.decode'],
  )
  const model = terms.filter(({ columns }) => columns.includes(0))
  expect(model.some(({ depends }) => depends.includes(0))).toBe(false)
})

test('a setting of a rule that no layer follows, and that says nothing of it, has no value at first', () => {
  const [mixer, ffn] = [
    { name: 'mixer', block: 'attention' },
    { name: 'ffn', block: 'gated-ffn' },
  ]
  const architecture: Architecture = {
    name: 'none follows',
    d_model: 64,
    max_context: 100,
    stacks: [
      {
        role: 'decoder',
        n_layers: 4,
        input: [{ block: 'token-embedding', vocab_size: 100 }],
        layer: [mixer, { ...ffn, except: [{ layers: { first: 4 }, d_ff: 96 }] }],
        output: [{ block: 'output-head' }],
      },
    ],
  }
  const choices = { 'ffn.activation': ['silu', 'relu'], n_layers: [4, 6], context: [9, 50] }
  expect(differences(architecture, choices)).toEqual([])
})

test('of a step the context reaches the mixers alone, and none where it is said beside the quantity', async () => {
  const reached = (asked: string, architecture: Architecture): number =>
    family({ architecture, workload: {} }, ['context'], [asked]).terms.filter(({ depends }) =>
      depends.includes(0),
    ).length
  const llama = await published('llama-3.1-8b')
  expect(reached('flops.decode', llama)).toBe(1)
  expect(reached('flops.decode at 4k', llama)).toBe(0)
})

test('settings come out as formulas read them', async () => {
  const llama = await published('llama-3.1-8b')
  const varied = family(
    { architecture: llama, workload: {} },
    ['d_model'],
    ['mixer.d_head', 'mixer.n_heads', 'ffn.d_ff', 'd_model', 'n_layers', 'context'],
    ['d_head', 'ffn_ratio'],
  )
  expect(asker(varied)([8192])).toEqual([128, 64, 28672, 8192, 32, 8192])
})

test('a decode step reads weights and cache', async () => {
  const llama = await published('llama-3.1-8b')
  const { decode_weights, decode_cache } = evaluate(prepare(llama), { batch: 3 }).bytes_read
  expect(
    asker(family({ architecture: llama, workload: {} }, ['batch'], ['bytes_read.decode']))([3]),
  ).toEqual([decode_weights! + decode_cache!])
})

test('memory is weights and cache, and a loss is predicted for tokens', async () => {
  const llama = await published('llama-3.1-8b')
  const cost = evaluate(prepare(llama))
  const answers = asker(
    family(
      { architecture: llama, workload: {} },
      ['dtype'],
      ['weights.bytes', 'memory.bytes', 'cache.bytes at 1024', 'loss at tokens=1.4T'],
    ),
  )([1])
  const { total } = cost.params
  expect(answers).toEqual([
    total,
    total + cost.cache!.bytes,
    cost.cache!.bytes / 8,
    expect.closeTo(2.03, 1),
  ])
})
