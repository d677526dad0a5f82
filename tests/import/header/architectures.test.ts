/** Every architecture that llama.cpp 0.19 names, with all tensors that it may have (gguf-py, constants.py, MODEL_TENSORS). */
import { expect, test } from 'vitest'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { load } from '../gguf/load.ts'
import { model, type Sizes } from '../gguf/write.ts'
import architectures from './gguf-architectures.json' with { type: 'json' }

const values = (architecture: string) =>
  model(architecture, {
    block_count: 2,
    context_length: 4096,
    embedding_length: 64,
    feed_forward_length: 96,
    'attention.head_count': 4,
    'attention.head_count_kv': 2,
    'ssm.state_size': 16,
    'ssm.inner_size': 128,
    'ssm.conv_kernel': 4,
    'wkv.head_size': 16,
    'kda.head_dim': 16,
    'attention.kv_lora_rank': 8,
    'attention.key_length_mla': 24,
    'attention.value_length_mla': 16,
    'rope.dimension_count': 8,
    expert_count: 8,
    expert_used_count: 2,
  })

/** Plausible sizes: what matters is that each is counted once. */
function sizesOf(name: string): number[] {
  if (/norm|lerp|_a0|_v0|_w0|_b$|ssm_[ad]$|sinks|gamma|bias|rope_/.test(name)) return [64]
  if (/token_embd$|output$|position_embd|token_types/.test(name)) return [64, 1000]
  if (/exps/.test(name)) return [64, 32, 8]
  if (/conv/.test(name)) return [4, 64]
  if (/attn_[kv]$/.test(name)) return [64, 32]
  if (name.endsWith('attn_qkv')) return [64, 128]
  return [64, 64]
}

function tensorsOf(names: string): Sizes {
  const all = names.split(' ').flatMap((name) => (name.includes('{bid}') ? [0, 1] : [0]).map((layer) => name.replace('{bid}', String(layer)))) // prettier-ignore
  return Object.fromEntries(
    all.map((name) => [
      name.endsWith('exp_probs_b') ? `${name}.bias` : `${name}.weight`,
      sizesOf(name),
    ]),
  )
}

const beside = /nextn|^rope_|exp_probs_b|\.vis_/
const towers = /^(v|a|mm|resampler)\./

test('there are 126', () => expect(Object.keys(architectures)).toHaveLength(126))

test.each(Object.entries(architectures))(
  '%s is read, each of its tensors counted once',
  (architecture, names) => {
    const sizes = tensorsOf(names)
    const { architecture: document, stored } = load(values(architecture), sizes)
    const { params, weights, cache } = evaluate(prepare(document))
    const product = (some: readonly number[]): number => some.reduce((all, each) => all * each, 1)
    const of_model = Object.entries(sizes).filter(([name]) => !beside.test(name) && (architecture === 'clip' || !towers.test(name))) // prettier-ignore
    const wanted = of_model.reduce((sum, [, some]) => sum + product(some), 0)
    expect(params.total).toBe(wanted)
    // All tensors are F16.
    expect(weights.bytes).toBeCloseTo(2 * wanted, 3)
    expect(stored).toMatchObject({ tensors: Object.keys(sizes).length })
    if (document.stacks.some(({ role }) => role === 'decoder') && !document.cache_unknown)
      expect(cache!.bytes).toBeGreaterThan(0)
  },
)

test('of what a cache must be known, only what no metadata says is unknown', () => {
  const unknown = Object.entries(architectures).flatMap(([architecture, names]) => {
    const why = load(values(architecture), tensorsOf(names)).architecture.cache_unknown
    return why === undefined ? [] : [`${architecture}: ${why}`]
  })
  expect(unknown).toEqual([
    'wavtokenizer-dec: no tensor of the header is known to make keys, values or a state',
  ])
})
