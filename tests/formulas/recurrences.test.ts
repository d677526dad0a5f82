/** Laws of mixers that carry a state: in one form steps add up to the pass, the state is as large at every length. */
import { describe, expect, test } from 'vitest'
import { evaluate, prepare, type Workload } from '../../src/engine/index.ts'

const mixers: Record<string, Record<string, unknown>> = {
  mamba: {},
  mamba2: { head_size: 16, d_state: 32, scan_chunk: 8 },
  s4: { d_state: 16 },
  s4d: { d_state: 16 },
  'rwkv4-time-mix': {},
  'rwkv5-time-mix': { head_size: 16 },
  'rwkv6-time-mix': { head_size: 16 },
  'rwkv7-time-mix': { head_size: 16 },
  retention: { n_heads: 4, scan_chunk: 8 },
  'linear-attention': { n_heads: 4, scan_chunk: 8 },
  'lightning-attention': { n_heads: 4, scan_chunk: 8 },
  'gated-delta-net': { n_k_heads: 2, n_v_heads: 4, d_k: 16, d_v: 16, scan_chunk: 8 },
  'kimi-delta-attention': { n_heads: 4, d_k: 16, scan_chunk: 8 },
  'rg-lru': { n_heads: 4 },
  'short-convolution': {},
}

const modelOf = (block: string, settings: Record<string, unknown>) =>
  prepare({
    name: block,
    d_model: 64,
    max_context: 256,
    stacks: [
      {
        role: 'decoder',
        n_layers: 1,
        input: [],
        layer: [{ name: 'mixer', block, ...settings }],
        output: [],
      },
    ],
  })

describe.each(Object.entries(mixers))('%s', (block, settings) => {
  const model = modelOf(block, settings)
  const cost = (workload: Partial<Workload>) => evaluate(model, workload)

  test('step by step, a prefill costs what its steps cost', () => {
    const steps = Array.from(
      { length: 24 },
      (_, seen) => cost({ context: seen + 1, scan_form: 'recurrent' }).flops.decode!,
    )
    const total = steps.reduce((sum, step) => sum + step, 0)
    expect(cost({ context: 24, scan_form: 'recurrent' }).flops.prefill).toBe(total)
  })

  test('the state is fixed, whatever the length', () => {
    const [short, long] = [cost({ context: 4 }).cache!, cost({ context: 200 }).cache!]
    expect(short.fixed).toBeGreaterThan(0)
    expect(long).toEqual(short)
    expect(short.bytes).toBe(short.fixed)
  })

  test('a step costs the same in the form chosen for it and step by step', () => {
    expect(cost({ context: 9 }).flops.decode).toBe(
      cost({ context: 9, scan_form: 'recurrent' }).flops.decode,
    )
  })
})

test('the three forms of retention cost what the paper says they trade', () => {
  const model = modelOf('retention', { n_heads: 4, scan_chunk: 16 })
  const scan = (context: number, scan_form: Workload['scan_form']) =>
    evaluate(model, { context, scan_form }).flops.prefill_by_kind.scan
  // Short passes are cheapest over all pairs, long ones in chunks.
  expect(scan(16, 'parallel')).toBeLessThan(scan(16, 'chunked'))
  expect(scan(256, 'chunked')).toBeLessThan(scan(256, 'parallel'))
})

test('Hyena keeps every past input, and generating reads them all', () => {
  const model = modelOf('hyena', { l_max: 256 })
  const at = (context: number) => evaluate(model, { context })
  const growth = at(200).flops.decode! - at(100).flops.decode!
  expect(growth).toBe(100 * 2 * 64)
  expect(at(200).cache!.growing).toBe(2 * at(100).cache!.growing)
})

test('Longformer below the reach of its window is full attention', () => {
  const encoder = (block: string, settings: Record<string, unknown>) =>
    prepare({
      name: block,
      d_model: 64,
      max_context: 256,
      stacks: [
        {
          role: 'encoder',
          n_layers: 1,
          input: [],
          layer: [{ name: 'mixer', block, ...settings }],
          output: [],
        },
      ],
    })
  const banded = encoder('longformer-attention', { n_heads: 4, attention_window: 64, n_global: 0 })
  const full = encoder('attention', { n_heads: 4 })
  for (const context of [8, 32])
    expect(evaluate(banded, { context }).flops.prefill).toBe(
      evaluate(full, { context }).flops.prefill,
    )
})

test('sparse attention that may pick every token is latent attention with an indexer', () => {
  const sizes = { n_heads: 4, q_lora_rank: 32, kv_lora_rank: 16, d_nope: 8, d_rope: 4, d_v: 8 }
  const plain = modelOf('latent-attention', sizes)
  const sparse = modelOf('sparse-latent-attention', {
    ...sizes,
    index_n_heads: 2,
    index_head_dim: 8,
    index_topk: 256,
  })
  const attention = (model: typeof plain, context: number) =>
    evaluate(model, { context }).flops.prefill_by_kind.attention
  const scored = (context: number) => (2 * 2 * 8 * context * (context + 1)) / 2
  for (const context of [1, 100, 256])
    expect(attention(sparse, context)).toBe(attention(plain, context) + scored(context))
})
