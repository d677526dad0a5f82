/** Area is the amount: boxes tile their bands, whatever the numbers and the room. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { magnification } from '../../../src/app/drawing/bodies.ts'
import { areaOfBox, inset, type Box } from '../../../src/app/drawing/box.ts'
import { tile, workingCells } from '../../../src/app/drawing/experts.ts'
import { runsOf, layerPlace } from '../../../src/app/drawing/layer-place.ts'
import { roundUp } from '../../../src/app/drawing/rail-scale.ts'
import { spread } from '../../../src/app/drawing/spread.ts'

const box = fc.record({
  x: fc.double({ min: 0, max: 500, noNaN: true }),
  y: fc.double({ min: 0, max: 500, noNaN: true }),
  width: fc.double({ min: 1, max: 900, noNaN: true }),
  height: fc.double({ min: 4, max: 500, noNaN: true }),
})

const overlap = (a: Box, b: Box): boolean => {
  const close = 1e-6
  return (
    a.x + a.width > b.x + close &&
    b.x + b.width > a.x + close &&
    a.y + a.height > b.y + close &&
    b.y + b.height > a.y + close
  )
}

describe('a grid of experts', () => {
  test('has cells of one area that fill it without a ragged end, for any number', () => {
    fc.assert(
      fc.property(
        box,
        fc.integer({ min: 1, max: 600 }),
        fc.constantFrom(0, 0.5, 1, 2.5),
        (whole, cells, shared) => {
          const tiles = tile(whole, cells, shared)
          const one = areaOfBox(whole) / (cells + shared)
          expect(tiles.routed).toHaveLength(cells)
          for (const each of tiles.routed) expect(areaOfBox(each) / one).toBeCloseTo(1, 6)
          if (shared > 0) expect(areaOfBox(tiles.shared!) / one).toBeCloseTo(shared, 6)
          const all = [...tiles.routed, ...(tiles.shared ? [tiles.shared] : [])]
          for (const each of all) {
            expect(each.x + each.width).toBeLessThanOrEqual(whole.x + whole.width + 1e-6)
            expect(each.y + each.height).toBeLessThanOrEqual(whole.y + whole.height + 1e-6)
          }
        },
      ),
    )
  })

  test('has no two cells in one place', () => {
    for (const cells of [1, 7, 8, 60, 128])
      for (const shared of [0, 1]) {
        const { routed } = tile({ x: 0, y: 0, width: 430, height: 300 }, cells, shared)
        const clash = routed.some((a, place) => routed.slice(place + 1).some((b) => overlap(a, b)))
        expect(clash).toBe(false)
      }
  })

  test('has as many filled cells as work, always the same ones', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 0, max: 600 }),
        (cells, working) => {
          const filled = workingCells(cells, working)
          expect(filled.size).toBe(Math.min(cells, working))
          for (const cell of filled) expect(cell >= 0 && cell < cells).toBe(true)
          expect(workingCells(cells, working)).toEqual(filled)
        },
      ),
    )
  })
})

test('paper is taken off all sides, and what is thin stays a line', () => {
  expect(inset({ x: 0, y: 0, width: 10, height: 20 }, 2)).toEqual({
    x: 1,
    y: 1,
    width: 8,
    height: 18,
  })
  expect(inset({ x: 0, y: 0, width: 0.5, height: 20 }, 2).width).toBe(0.5)
})

test('labels that want one place are pushed apart, and stay in the picture while they fit', () => {
  const wanted = fc.array(
    fc.record({
      middle: fc.double({ min: 0, max: 430, noNaN: true }),
      height: fc.constantFrom(24, 38, 62, 110),
    }),
    { maxLength: 7 },
  )
  fc.assert(
    fc.property(wanted, (labels) => {
      const inOrder = labels.toSorted((a, b) => a.middle - b.middle)
      const tops = spread(inOrder, 0, 430, 7)
      const needed = inOrder.reduce((sum, { height }) => sum + height + 7, -7)
      tops.forEach((top, place) => {
        const end = place === 0 ? 0 : tops[place - 1]! + inOrder[place - 1]!.height + 7
        expect(top).toBeGreaterThanOrEqual(end - 1e-9)
        expect(top + inOrder[place]!.height).toBeLessThanOrEqual(Math.max(430, needed) + 1e-9)
      })
    }),
  )
})

test('a figure too low to be read is magnified by a round number', () => {
  expect(magnification(1000, 0.33, 330)).toBe(1)
  expect(magnification(134.5e6, 330 / 1026e9, 330)).toBe(5000)
  expect(magnification(0, 1, 330)).toBe(1)
})

test('the scale of bars ends at 1, 2 or 5 times a power of ten of its unit', () => {
  expect([9.21e9, 67.65e9, 1e9, 1.01e9, 3.3e9, 0].map((bytes) => roundUp(bytes))).toEqual([
    1e10, 1e11, 1e9, 2e9, 5e9, 1,
  ])
  expect(roundUp(8.58 * 2 ** 30, 1024)).toBe(10 * 2 ** 30)
  expect(roundUp(1000 * 2 ** 20, 1024)).toBe(1000 * 2 ** 20)
})

test('where layers stand is said in a few words', () => {
  const every = (step: number, from: number, to: number): number[] =>
    Array.from({ length: Math.ceil((to - from) / step) }, (_, place) => from + place * step)
  expect(layerPlace(every(1, 3, 61))).toBe('layers 3–60')
  expect(layerPlace([0])).toBe('layer 0')
  expect(layerPlace(every(6, 5, 62))).toBe('every 6th from 5')
  expect(layerPlace(every(2, 1, 30))).toBe('every 2nd from 1')
  expect(layerPlace(every(1, 0, 48).filter((layer) => layer % 4 !== 3))).toBe('3 of every 4')
  expect(layerPlace(every(1, 0, 62).filter((layer) => layer % 6 !== 5))).toBe('5 of every 6')
  expect(layerPlace([2, 7, 13, 19, 25, 31])).toBe('2, 7, 13, 19 …')
  expect(runsOf([0, 1, 2, 5])).toEqual([
    [0, 2],
    [5, 5],
  ])
})
