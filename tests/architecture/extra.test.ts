/** Modules beside a model: counted where they are asked for, and then as layers that follow the last one. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attempt, ArchcostError } from '../../src/architecture/errors.ts'
import type { Architecture } from '../../src/architecture/schema.ts'
import { evaluate, extraParams, prepare, withExtra } from '../../src/engine/index.ts'
import { anyArchitecture } from '../engine/laws/architectures.ts'

const document: Architecture = {
  name: 'small',
  d_model: 64,
  max_context: 1024,
  stacks: [
    {
      role: 'decoder',
      n_layers: 6,
      input: [{ block: 'token-embedding', vocab_size: 100 }],
      layer: [
        {
          name: 'mixer',
          before: 'rmsnorm',
          block: 'attention',
          n_heads: 4,
          window: 128,
          except: [
            { layers: { last: 1 }, window: null },
            { layers: { first: 1 }, n_kv_heads: 1 },
          ],
        },
        { name: 'ffn', before: 'rmsnorm', block: 'gated-ffn', d_ff: 256 },
      ],
      output: [{ block: 'rmsnorm' }, { block: 'output-head', tied: false }],
    },
  ],
  extra: [
    {
      name: 'mtp',
      n_layers: 3,
      layer: [
        {
          name: 'entrance',
          block: null,
          except: [{ layers: { every: 2 }, block: 'next-token-module', head_vocab: 100 }],
        },
        { name: 'ffn', before: 'rmsnorm', block: 'gated-ffn', d_ff: 128, except: [{ layers: [1], d_ff: 64 }] }, // prettier-ignore
      ],
    },
  ],
}

describe('an extra module', () => {
  // A norm and three matrices, and in every other layer a projection of two widths with three norms.
  const ffn = (d_ff: number): number => 64 + 3 * 64 * d_ff
  const entrance = 2 * 64 * 64 + 3 * 64
  const layers = [entrance + ffn(128), ffn(64), entrance + ffn(128)]

  test('changes nothing until it is counted', () => {
    const { extra: _, ...without } = document
    expect(evaluate(prepare(document))).toEqual(evaluate(prepare(without)))
    expect(extraParams(document)).toEqual({ mtp: layers[0]! + layers[1]! + layers[2]! })
  })

  test('that is counted follows the last layer, and the last layers of the model stay what they were', () => {
    const all = withExtra(document, ['mtp'])
    const { by_layer } = evaluate(prepare(document)).params
    expect(evaluate(prepare(all)).params.by_layer).toEqual([...by_layer, ...layers])
    expect(all.extra).toBeUndefined()
    // The sixth layer is the one that sees everything, also where there are more.
    const cache = (each: Architecture): object => evaluate(prepare(each), { context: 1000 }).cache!
    expect(cache(all)).toEqual(cache(document))
  })

  test('of any model adds what it holds, and takes nothing from the others', () => {
    fc.assert(
      fc.property(anyArchitecture, (random) => {
        const { extra } = document
        const with_module = attempt(() => prepare({ ...random, extra }).architecture)
        if (with_module instanceof ArchcostError) return
        const all = attempt(() => withExtra(with_module, ['mtp']))
        if (all instanceof ArchcostError) return
        const [off, on] = [with_module, all].map((each) => evaluate(prepare(each)).params)
        expect(on!.by_layer.slice(0, -3)).toEqual(off!.by_layer)
        expect(on!.total).toBe(off!.total + extraParams(with_module)['mtp']!)
      }),
      { numRuns: 50 },
    )
  })
})

describe('what cannot be is refused', () => {
  const of =
    (changed: object): (() => unknown) =>
    () =>
      withExtra(prepare({ ...document, ...changed }).architecture, ['mtp'])
  const [module] = document.extra!
  const [stack] = document.stacks
  test.each([
    ['a module that there is not', of({ extra: [{ ...module, name: 'medusa' }] }), /mtp: is no extra module of this model; it has medusa/],
    ['one where there is none', of({ extra: undefined }), /mtp: is no extra module of this model; it has none/],
    ['two of one name', of({ extra: [module, module] }), /extra\.1: the name mtp is taken/],
    ['one of an encoder', of({ stacks: [{ ...stack!, role: 'encoder', output: [] }] }), /extra: modules follow the layers of a decoder/],
    ['one without layers', of({ extra: [{ ...module, layer: [] }] }), /extra\.0\.layer/],
    ['after layers that some tokens enter', of({ stacks: [{ ...stack!, depth_routing: { every: 2, capacity: 0.5 } }] }), /extra\.mtp: cannot follow layers/],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message)
  }) // prettier-ignore

  test('a block that there is not, when it is counted', () => {
    const broken = of({ extra: [{ ...module, layer: [{ name: 'ffn', block: 'gated-fnn' }] }] })
    expect(() => prepare(broken())).toThrow(/mtp-ffn.*there is no block gated-fnn/)
  })
})
