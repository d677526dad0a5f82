/** What is drawn of a model: every amount of it once, whatever area means. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { document } from '../../engine/with-towers.ts'
import { evaluated, type Evaluated } from '../../../src/app/models/evaluated.ts'
import { slotFromCatalogue } from '../../../src/app/models/catalogue.ts'
import { slotOf } from '../../../src/app/models/slot.ts'
import { areaOf, areas } from '../../../src/app/drawing/areas.ts'
import { figureOf, type Figure } from '../../../src/app/drawing/figure.ts'
import type { Part } from '../../../src/app/drawing/parts.ts'
import { readCost } from '../../../src/engine/read-cost.ts'
import { prepare, type Model, type Workload } from '../../../src/engine/index.ts'
import { anyArchitecture } from '../../engine/laws/architectures.ts'
import { add, expectSame } from '../../engine/laws/cost.ts'
import { workload } from '../../engine/laws/workloads.ts'

const partsOf = ({ bands }: Figure): Part[] =>
  bands.flatMap(({ columns, small }) => [...columns.flatMap(({ parts }) => parts), ...small])

const resultOf = (model: Model, given: Partial<Workload>): Evaluated =>
  evaluated([slotOf('A', model, { catalogue: null, report: null, notes: [] })], given)[0]!

async function drawn(name: string, area: string, context = 131_072): Promise<Figure> {
  const [result] = evaluated([await slotFromCatalogue(name, 'A')], { context })
  return figureOf(result!, areaOf(area))
}

const shape = ({ bands }: Figure): string[] =>
  bands.map(({ title, columns }) =>
    [title, ...columns.map(({ parts }) => parts.map(({ name }) => name).join(' and '))].join(' | '),
  )

test('the parts of any model add up to its totals, in every area', () => {
  fc.assert(
    fc.property(anyArchitecture, workload, (architecture, given) => {
      const model = prepare(architecture)
      const result = resultOf(model, given)
      for (const area of areas) {
        const figure = figureOf(result, area)
        const whole = readCost(result.cost, area.total) ?? 0
        expectSame([add(partsOf(figure).map(({ amount }) => amount))], [whole])
        expectSame([add(figure.bands.map(({ amount }) => amount))], [whole])
        expect(partsOf(figure).filter(({ amount }) => amount < 0)).toEqual([])
        const ids = partsOf(figure).map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
      }
    }),
    { numRuns: 60 },
  )
})

describe('bands of published models', () => {
  test('DeepSeek-V3: three dense layers, and experts with one that all tokens share', async () => {
    expect(shape(await drawn('deepseek-v3', 'params'))).toEqual([
      'Token embedding | Token embedding',
      '3 layers | Latent attention | Feed-forward',
      '58 layers | Latent attention | Shared expert and Experts, 8 of 256',
      'Output head | Output head',
    ])
  })

  test('Gemma-3-27B: windows and full attention told apart, the head tied', async () => {
    const figure = await drawn('gemma-3-27b', 'params')
    expect(shape(figure)).toEqual([
      'Patch embedding | Patch embedding | Learned positions',
      'Vision, 27 layers | Attention | Feed-forward',
      'Projection | Projection',
      'Token embedding | Token embedding',
      'Decoder, 52 layers | Window 1,024 | Feed-forward',
      'Decoder, 10 layers | Full attention | Feed-forward',
      'Output head',
    ])
    expect(figure.bands.at(-1)!.isTied).toBe(true)
  })

  test('T5: layers that differ by the bias of their positions alone are one band', async () => {
    expect(shape(await drawn('t5-base', 'params', 512))).toEqual([
      'Token embedding | Token embedding',
      'Encoder, 12 layers | Attention | Feed-forward',
      'Decoder, 12 layers | Full attention | Cross-attention | Feed-forward',
      'Output head',
    ])
  })

  test('Jamba: a band for each of the ways in which mixers and experts meet', async () => {
    expect(shape(await drawn('jamba-v0.1', 'params')).slice(1, -1)).toEqual([
      '12 layers | Mamba | Feed-forward',
      '16 layers | Mamba | Experts, 2 of 16',
      '4 layers | Full attention | Feed-forward',
    ])
  })

  test('of the cache only what keeps something has a band', async () => {
    expect(shape(await drawn('qwen3-next-80b-a3b', 'cache'))).toEqual([
      '36 layers | Gated DeltaNet',
      '12 layers | Full attention',
    ])
  })

  test('a model of many different layers has a few bands all the same', () => {
    const except = Array.from({ length: 12 }, (_, layer) => ({
      layers: [layer],
      block: 'gated-ffn',
      d_ff: 100 + layer,
    }))
    const model = prepare({
      name: 'Uneven',
      d_model: 64,
      max_context: 64,
      stacks: [
        {
          role: 'decoder',
          n_layers: 12,
          input: [{ block: 'token-embedding', vocab_size: 100 }],
          layer: [
            { name: 'mixer', block: 'attention', n_heads: 4 },
            { name: 'ffn', block: 'gated-ffn', except },
          ],
          output: [{ block: 'output-head', vocab_size: 100 }],
        },
      ],
    })
    expect(shape(figureOf(resultOf(model, {}), areaOf('params')))).toEqual([
      'Token embedding | Token embedding',
      '12 layers | Full attention | Feed-forward',
      'Output head | Output head',
    ])
  })
})

test('towers stand before the language model, and the parameters are those of the whole', () => {
  const result = resultOf(prepare(document), { images: { count: 2, width: 300, height: 200 } })
  const figure = figureOf(result, areaOf('params'))
  expect(shape(figure)).toEqual([
    'Patch embedding | Patch embedding',
    'Vision, 3 layers | Attention | Feed-forward',
    'Projector with a hidden layer | Projector with a hidden layer',
    'Token embedding | Token embedding',
    'Decoder, 2 layers | Full attention | Feed-forward',
    'Output head | Output head',
  ])
  expect(add(partsOf(figure).map(({ amount }) => amount))).toBe(result.cost.params.whole!.total)
  const prefill = figureOf(result, areaOf('prefill'))
  expect(add(prefill.bands.map(({ amount }) => amount))).toBe(result.cost.flops.prefill)
  expect(prefill.hasTowers).toBe(true)
  const cache = figureOf(result, areaOf('cache'))
  expect(shape(cache)).toEqual(['Decoder, 2 layers | Full attention'])
})

describe('experts', () => {
  const cells = async (area: string, batch: number): Promise<unknown> => {
    const [result] = evaluated([await slotFromCatalogue('deepseek-v3', 'A')], {
      context: 4096,
      batch,
    })
    const columns = figureOf(result!, areaOf(area)).bands.flatMap((band) => band.columns)
    return columns.find((column) => column.cells !== null)!.cells
  }

  test('all are stored, a token uses eight of them', async () => {
    expect(await cells('params', 1)).toEqual({ cells: 256, working: 8, stored: 256 })
    expect(await cells('active', 1)).toEqual({ cells: 8, working: 8, stored: 256 })
    expect(await cells('read', 1)).toEqual({ cells: 8, working: 8, stored: 256 })
  })

  test('a batch touches more, as many as even routing makes expect', async () => {
    // 256 · (1 − (248/256)^16) = 102.0.
    expect(await cells('read', 16)).toEqual({ cells: 102, working: 102, stored: 256 })
    expect(await cells('prefill', 1)).toEqual({ cells: 256, working: 256, stored: 256 })
  })
})
