/** Whole pictures: to scale, nothing outside, and every part named. */
import { describe, expect, test } from 'vitest'
import { areas, areaOf } from '../../../src/app/drawing/areas.ts'
import { arrange } from '../../../src/app/drawing/arrange.ts'
import { bodyOf } from '../../../src/app/drawing/bodies.ts'
import { areaOfBox, type Box } from '../../../src/app/drawing/box.ts'
import { figureOf, type Figure } from '../../../src/app/drawing/figure.ts'
import type { Picture } from '../../../src/app/drawing/marks.ts'
import { linesOf, treeOf } from '../../../src/app/drawing/nodes.ts'
import { wordingOf } from '../../../src/app/drawing/wording.ts'
import { slotFromCatalogue } from '../../../src/app/models/catalogue.ts'
import { evaluated, type Evaluated } from '../../../src/app/models/evaluated.ts'
import { letters } from '../../../src/app/models/letters.ts'

const shown = [
  'deepseek-v3', 'llama-3.1-405b', 'mixtral-8x7b', 'qwen3-next-80b-a3b', 'gemma-3-27b', 'mamba-1.4b',
  't5-base', 'bert-base-uncased', 'jamba-v0.1', 'gpt2', 'smollm2-135m', 'gemma-3n-e2b',
] // prettier-ignore
const widths = [280, 328, 560, 720, 884, 1150]

const results = async (...names: string[]): Promise<Evaluated[]> => {
  const slots = names.map((name, place) => slotFromCatalogue(name, letters[place]!))
  return evaluated(await Promise.all(slots), { context: 8192 })
}

const pictured = (
  all: readonly Evaluated[],
  area: string,
  width: number,
): { figures: Figure[]; picture: Picture } => {
  const figures = all.map((result) => figureOf(result, areaOf(area)))
  const picture = arrange(figures, width, wordingOf(areaOf(area), 'GB', all[0]!), () => ', 2× A')
  return { figures, picture }
}

const isInside = ({ x, y, width, height }: Box, picture: Picture): boolean =>
  x >= -0.01 &&
  y >= -0.01 &&
  x + width <= picture.width + 0.01 &&
  y + height <= picture.height + 0.01

test.each(shown)(
  'in every area and at every width, all of %s has its place in the picture',
  async (name) => {
    const all = await results(name)
    for (const { id } of areas)
      for (const width of widths) {
        const { figures, picture } = pictured(all, id, width)
        for (const [part, spot] of picture.spots)
          expect(isInside(spot, picture), `${id} ${width} ${part}`).toBe(true)
        for (const [part, target] of picture.targets)
          expect(isInside(target, picture), `${id} ${width} ${part}`).toBe(true)
        for (const { columns } of figures[0]!.bands)
          for (const { parts } of columns)
            for (const part of parts) expect(picture.spots.has(part.id), part.id).toBe(true)
      }
  },
)

test.each(shown)('rows to press of %s are 24 px high and apart from each other', async (name) => {
  for (const width of widths) {
    const { picture } = pictured(await results(name), 'params', width)
    const boxes = [...picture.targets.values()]
    for (const { height } of boxes) expect(height).toBeGreaterThanOrEqual(24)
    boxes.forEach((a, place) => {
      for (const b of boxes.slice(place + 1))
        expect(
          a.y + a.height <= b.y + 0.01 ||
            b.y + b.height <= a.y + 0.01 ||
            a.x + a.width <= b.x + 0.01 ||
            b.x + b.width <= a.x + 0.01,
        ).toBe(true)
    })
  }
})

describe('to scale', () => {
  test('boxes have the areas of their amounts', async () => {
    const [result] = await results('deepseek-v3')
    for (const area of areas) {
      const figure = figureOf(result!, area)
      const scale = 430 / figure.total!
      const { bands } = bodyOf(figure, { x: 0, y: 0, width: 456, scale, gap: 5 })
      for (const { band, box, columns } of bands) {
        const amount = band.columns.reduce((sum, column) => sum + column.amount, 0)
        expect(areaOfBox(box)).toBeCloseTo(amount * scale * 456, 6)
        // Thinner ones are drawn as lines of two pixels.
        if (box.height < 2) continue
        for (const { column, box: own } of columns)
          expect(areaOfBox(own)).toBeCloseTo(column.amount * scale * 456, 6)
      }
    }
  })

  test('the heights of several models compare as their totals do', async () => {
    const all = await results('deepseek-v3', 'llama-3.1-405b')
    const { figures, picture } = pictured(all, 'params', 884)
    const [a, b] = figures.map(
      ({ letter, bands }) => picture.spots.get(letter)!.height - 3 * bands.length,
    )
    // Lines of at least two pixels add a little.
    expect(Math.abs(a! / b! - figures[0]!.total! / figures[1]!.total!)).toBeLessThan(0.06)
  })

  test('what would be a line is magnified, and says how many times', async () => {
    const { picture } = pictured(await results('deepseek-v3', 'smollm2-135m'), 'params', 884)
    const words = picture.painted[1]!.marks.flatMap((mark) =>
      mark.kind === 'text' ? mark.text : [],
    )
    expect(words).toContain('below, magnified 2,000 times')
  })
})

test.each([0, 1, 12, 40, 90])(
  'a frame of %i px, as one has that is not shown yet, is laid out too',
  async (width) => {
    const all = await results('deepseek-v3', 'qwen3-next-80b-a3b', 't5-base')
    for (const some of [all.slice(0, 1), all])
      expect(pictured(some, 'params', width).picture.height).toBeGreaterThan(100)
  },
)

test('a longer context moves bars alone while area means parameters', async () => {
  const slot = await slotFromCatalogue('deepseek-v3', 'A')
  const marks = [65_536, 98_304].map((context) => {
    const { picture } = pictured(evaluated([slot], { context }), 'params', 884)
    return picture.painted[0]!.marks
  })
  const moved = marks[0]!.filter(
    (mark, place) => JSON.stringify(mark) !== JSON.stringify(marks[1]![place]),
  )
  expect(moved.length).toBeGreaterThan(0)
  const other = moved.filter(
    (mark) => mark.kind !== 'text' && !(mark.kind === 'path' && mark.look === 'bar'),
  )
  expect(other).toEqual([])
})

test('a grid of experts is at most two elements beside its shared expert', async () => {
  const { picture } = pictured(await results('deepseek-v3'), 'params', 884)
  const paths = picture.painted[0]!.marks.filter(
    (mark) => mark.kind === 'path' && (mark.look === 'idle' || mark.look === 'lit'),
  )
  expect(paths).toHaveLength(3)
})

test('the tree names every part in full, those too small to be seen as well', async () => {
  const all = await results('deepseek-v3')
  const { figures } = pictured(all, 'params', 884)
  const names = linesOf(
    treeOf(figures, areaOf('params'), wordingOf(areaOf('params'), 'GB', all[0]!)),
    new Set(),
  ).map(({ node }) => node.name)
  expect(names).toContain('Multi-head latent attention in 58 of 61 layers, 10.85 B, 1.62 %')
  expect(names).toContain('Experts, 8 of 256 in 58 of 61 layers, 653.9 B, 97.4 %')
  expect(names.some((name) => name.startsWith('RMSNorm in 58 of 61 layers, '))).toBe(true)
  expect(names.some((name) => name.startsWith('Router in 58 of 61 layers, 106.4 M'))).toBe(true)
})
