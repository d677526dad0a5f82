import { describe, expect, test } from 'vitest'
import { evaluate, prepare, type Architecture, type Cost } from '../../../src/engine/index.ts'
import { transform, type TransformStep } from '../../../src/engine/transform/index.ts'
import { deepseek, mistral } from './documents.ts'

const cost = (document: Architecture): Cost => evaluate(prepare(document))
const after = (document: Architecture, ...steps: TransformStep[]): Cost =>
  cost(transform(document, steps))

describe('exchanging attention', () => {
  const cache = (document: Architecture, ...steps: TransformStep[]): number =>
    after(document, ...steps).cache!.bytes

  test('scales the cache by the key-value heads and leaves the work on scores', () => {
    expect(cache(mistral, { transform: 'attention', to: 'mha' })).toBe(4 * cache(mistral))
    expect(cache(mistral, { transform: 'attention', to: 'mqa' })).toBe(cache(mistral) / 8)
    expect(
      after(mistral, { transform: 'attention', to: 'mqa' }).flops.prefill_by_kind.attention,
    ).toBe(cost(mistral).flops.prefill_by_kind.attention)
    expect(
      after(
        mistral,
        { transform: 'attention', to: 'mha' },
        { transform: 'attention', to: 'gqa', n_kv_heads: 8 },
      ),
    ).toEqual(cost(mistral))
  })

  test('saves 98.2 % of the cache of multi-head attention by latents, as DeepSeek-V2 does', () => {
    const share = cache(deepseek) / cache(deepseek, { transform: 'attention', to: 'mha' })
    expect(share).toBe(576 / 32768)
  })

  test('gives a latent-attention layer of DeepSeek-V3 its 187,107,328 parameters', () => {
    const wide = transform(mistral, [
      {
        transform: 'set',
        d_model: 7168,
        'mixer.n_heads': 128,
        'mixer.n_kv_heads': 128,
        'mixer.d_head': 128,
        n_layers: 1,
      },
    ])
    const { by_role } = after(wide, { transform: 'attention', to: 'mla', q_lora_rank: 1536 }).params
    expect(by_role.attention + by_role.norm - 3 * 7168).toBe(187_107_328)
    const [mixer] = transform(wide, [{ transform: 'attention', to: 'mla', q_lora_rank: 1536 }])
      .stacks[0]!.layer
    expect(mixer!['position']).toEqual({ block: 'rotary', d_head: 64, n_kv_heads: 1 })
  })

  test('comes back to heads of the value size', () => {
    const [mixer] = transform(deepseek, [{ transform: 'attention', to: 'gqa', n_kv_heads: 16 }])
      .stacks[0]!.layer
    expect(mixer).toEqual({
      name: 'mixer',
      before: 'rmsnorm',
      block: 'attention',
      n_heads: 128,
      n_kv_heads: 16,
      d_head: 128,
      position: { block: 'rotary' },
    })
  })

  test('names heads that do not fit', () => {
    expect(() =>
      transform(mistral, [{ transform: 'attention', to: 'gqa', n_kv_heads: 5 }]),
    ).toThrow('mixer: 32 query heads cannot be shared evenly by 5 key-value heads')
  })
})
