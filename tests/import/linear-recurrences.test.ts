/** Families of the library Flash Linear Attention (0.5.2), built on the meta device and counted, layer by layer. */
import { expect, test } from 'vitest'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { importConfig } from '../../src/import/index.ts'

const built: readonly [string, object, number, number][] = [
  [
    'retnet default',
    { model_type: 'retnet', architectures: ['RetNetForCausalLM'] },
    1351727104,
    50860544,
  ],
  [
    'retnet small',
    {
      model_type: 'retnet',
      vocab_size: 320,
      hidden_size: 96,
      num_hidden_layers: 3,
      num_heads: 4,
      use_short_conv: true,
      architectures: ['RetNetForCausalLM'],
    },
    504624,
    147696,
  ],
  ['gla default', { model_type: 'gla', architectures: ['GLAForCausalLM'] }, 1365514240, 51435008],
  [
    'gla small',
    {
      model_type: 'gla',
      vocab_size: 320,
      hidden_size: 96,
      num_hidden_layers: 3,
      num_heads: 4,
      use_short_conv: true,
      architectures: ['GLAForCausalLM'],
    },
    403320,
    113928,
  ],
  ['gsa default', { model_type: 'gsa', architectures: ['GSAForCausalLM'] }, 1376929792, 51910656],
  [
    'gsa small',
    {
      model_type: 'gsa',
      vocab_size: 320,
      hidden_size: 96,
      num_hidden_layers: 3,
      num_heads: 4,
      use_short_conv: true,
      architectures: ['GSAForCausalLM'],
    },
    471360,
    136608,
  ],
  [
    'delta_net default',
    { model_type: 'delta_net', architectures: ['DeltaNetForCausalLM'] },
    1365677056,
    51441792,
  ],
  [
    'delta_net small',
    {
      model_type: 'delta_net',
      vocab_size: 320,
      hidden_size: 96,
      num_hidden_layers: 3,
      num_heads: 4,
      use_short_conv: true,
      architectures: ['DeltaNetForCausalLM'],
    },
    398568,
    112344,
  ],
  [
    'retnet grouped',
    {
      model_type: 'retnet',
      vocab_size: 320,
      hidden_size: 96,
      num_hidden_layers: 3,
      num_heads: 4,
      num_kv_heads: 2,
      use_output_gate: false,
      expand_k: 0.5,
      expand_v: 1.0,
      architectures: ['RetNetForCausalLM'],
    },
    345576,
    94680,
  ],
  [
    'gla grouped',
    {
      model_type: 'gla',
      vocab_size: 320,
      hidden_size: 96,
      num_hidden_layers: 3,
      num_heads: 4,
      num_kv_heads: 2,
      use_output_gate: false,
      use_short_conv: true,
      architectures: ['GLAForCausalLM'],
    },
    352848,
    97104,
  ],
  [
    'gsa grouped',
    {
      model_type: 'gsa',
      vocab_size: 320,
      hidden_size: 96,
      num_hidden_layers: 3,
      num_heads: 4,
      num_kv_heads: 2,
      num_slots: 8,
      architectures: ['GSAForCausalLM'],
    },
    371136,
    103200,
  ],
  [
    'delta_net gated',
    {
      model_type: 'delta_net',
      vocab_size: 320,
      hidden_size: 96,
      num_hidden_layers: 3,
      num_heads: 4,
      use_gate: true,
      use_beta: false,
      architectures: ['DeltaNetForCausalLM'],
    },
    425064,
    121176,
  ],
]

test.each(built)('%s', (_name, config, total, each_layer) => {
  const { architecture, report } = importConfig(config)
  const { params } = evaluate(prepare(architecture))
  expect(params.total).toBe(total)
  expect(new Set(params.by_layer)).toEqual(new Set([each_layer]))
  expect(report.not_understood).toEqual([])
})

test('in layers that it lists there is attention, with a window, in place of the recurrence', () => {
  const attn = { layers: [1], num_heads: 4, num_kv_heads: 2, window_size: 16 }
  const config = { model_type: 'gla', hidden_size: 96, num_hidden_layers: 3, num_heads: 2 }
  const { architecture } = importConfig({ ...config, attn })
  const cache = (context: number): number =>
    evaluate(prepare(architecture), { context }).cache!.bounded
  // Keys and values of two heads of 24, two bytes each.
  expect(cache(16)).toBe(2 * 2 * 24 * 16 * 2)
  expect(cache(64)).toBe(cache(16))
})
