import { describe, expect, test } from 'vitest'
import { transform } from '../../../src/engine/transform/index.ts'
import { gemma, parallel } from './documents.ts'

describe('setting', () => {
  test('finds settings by the addresses of derivations', () => {
    const changed = transform(gemma, [
      {
        transform: 'set',
        'mixer.except[0].window': 128,
        'input.token-embedding.vocab_size': 2000,
        'mixer.before.block': 'layernorm',
        n_layers: 4,
      },
    ])
    const [stack] = changed.stacks
    expect(stack!.layer[0]).toMatchObject({
      before: { block: 'layernorm' },
      except: [{ window: 128 }],
    })
    expect([stack!.n_layers, stack!.input[0]]).toEqual([
      4,
      { block: 'token-embedding', vocab_size: 2000 },
    ])
    expect(
      transform(parallel, [{ transform: 'set', 'block.attention.n_heads': 4 }]).stacks[0]!.layer[0]!
        .blocks![0],
    ).toMatchObject({ n_heads: 4 })
  })

  test.each([
    ['mixr.n_heads', 'mixr.n_heads: there is no mixr in this document'],
    ['mixer.n_head', 'mixer.n_head: attention has no setting n_head; did you mean n_heads?'],
    ['mixer.except[3].window', 'mixer.except[3].window: there is no 3 in this document'],
    ['encoder.n_layers', 'encoder.n_layers: there is no encoder in this document'],
  ])('refuses %s', (address, message) => {
    expect(() => transform(gemma, [{ transform: 'set', [address]: 1 }])).toThrow(message)
  })
})
