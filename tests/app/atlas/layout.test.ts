/** The map of the atlas: every point in its place, names that cover nothing, a frontier that nobody beats. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { frontierOf } from '../../../src/app/atlas/frontier.ts'
import { emptiestCorner, layout, type Point } from '../../../src/app/atlas/layout.ts'
import { scaleOf } from '../../../src/app/parts/scale.ts'
import { nextSpot } from '../../../src/app/atlas/walk.ts'

const amount = fc.integer({ min: 0, max: 1_000_000 })
const valued = fc.array(fc.record({ x: amount, y: amount }), { maxLength: 60 })
const room = { width: 640, height: 420 }

const mapOf = (values: readonly { x: number | null; y: number | null }[], kind = 'log' as const) =>
  layout(
    values.map((value, at): Point => ({ ...value, id: `${at}`, text: `model-${at}`, is_own: at === 0 })),
    { x: scaleOf(kind, values.map(({ x }) => x)), y: scaleOf(kind, values.map(({ y }) => y)) },
    room,
  ) // prettier-ignore

test('the frontier holds who is beaten by none, and of the others each is beaten by one of it', () => {
  fc.assert(
    fc.property(valued, (items) => {
      const beats = (a: { x: number; y: number }, b: { x: number; y: number }): boolean =>
        a.x >= b.x && a.y <= b.y && (a.x > b.x || a.y < b.y)
      const frontier = frontierOf(items)
      for (const each of frontier) expect(items.some((other) => beats(other, each))).toBe(false)
      for (const each of items)
        expect(
          frontier.some((one) => beats(one, each) || (one.x === each.x && one.y === each.y)),
        ).toBe(true)
    }),
  )
})

describe('a map', () => {
  test('keeps order along both axes, inside its plot', () => {
    fc.assert(
      fc.property(valued, (values) => {
        const { spots, plot } = mapOf(values)
        expect(spots.map(({ id }) => id)).toEqual(
          values.flatMap(({ x, y }, at) => (x > 0 && y > 0 ? [`${at}`] : [])),
        )
        for (const one of spots) {
          expect(one.x).toBeGreaterThanOrEqual(plot.x)
          expect(one.x).toBeLessThanOrEqual(plot.x + plot.width)
          expect(one.y).toBeGreaterThanOrEqual(plot.y)
          expect(one.y).toBeLessThanOrEqual(plot.y + plot.height)
          for (const other of spots) {
            const [a, b] = [values[Number(one.id)]!, values[Number(other.id)]!]
            if (a.x < b.x) expect(one.x).toBeLessThan(other.x)
            if (a.y < b.y) expect(one.y).toBeGreaterThan(other.y)
          }
        }
      }),
    )
  })

  test('covers no name with a name, and no point but with that of an own model', () => {
    fc.assert(
      fc.property(valued, (values) => {
        const { labels, spots } = mapOf(values)
        for (const label of labels) {
          const wide = label.text.length * 6
          const start = label.x - { start: 0, middle: wide / 2, end: wide }[label.anchor]
          const crosses = (x: number, y: number): boolean =>
            x > start && x < start + wide && y > label.y - 10 && y < label.y + 2
          if (label.id !== '0')
            expect(spots.filter(({ id, x, y }) => id !== label.id && crosses(x, y))).toEqual([])
          expect(labels.filter((other) => other !== label && crosses(other.x, other.y))).toEqual([])
        }
      }),
    )
  })

  test('gives no place to what is not known, and to 0 only where the axis is linear', () => {
    expect(mapOf([{ x: null, y: 1 }, { x: 0, y: 3 }, { x: 2, y: 2 }]).spots).toHaveLength(1)
    const { at } = scaleOf('linear', [0, 8])
    expect([at(0), at(null)]).toEqual([0, null])
  }) // prettier-ignore

  test('names own models, which are no part of the frontier', () => {
    const { frontier, labels, steps } = mapOf([{ x: 9, y: 1 }, { x: 5, y: 2 }, { x: 7, y: 5 }])
    expect(frontier).toEqual(new Set(['1', '2']))
    expect(labels[0]!.id).toBe('0')
    expect(steps).toMatch(/^M\d+ [\d.]+V[\d.]+H[\d.]+V[\d.]+H[\d.]+$/)
  }) // prettier-ignore
})

test('an axis says round values, at least two', () => {
  expect(scaleOf('log', [3, 2e6]).ticks).toEqual([10, 100, 1e3, 1e4, 1e5, 1e6])
  expect(scaleOf('log', [12, 60]).ticks).toEqual([10, 20, 50])
  expect(scaleOf('linear', [10]).ticks).toEqual([0, 2, 4, 6, 8, 10])
})

test('a card stands in the corner with the fewest points', () => {
  const plot = { x: 0, y: 0, width: 100, height: 100 }
  const spots = [[90, 90], [10, 10], [90, 10]].map(([x, y]) => ({ id: `${x}`, text: '', is_own: false, x: x!, y: y! })) // prettier-ignore
  expect(emptiestCorner(spots, plot, { width: 40, height: 40 })).toMatchObject({ x: 0, y: 60 })
})

test('arrow keys reach every point, across as well as up', () => {
  const { spots } = mapOf([{ x: 1, y: 3 }, { x: 2, y: 3 }, { x: 3, y: 1 }, { x: 4, y: 2 }]) // prettier-ignore
  const walked = (first: number, key: string): string[] => {
    const way = [spots[first]!]
    for (;;) {
      const next = nextSpot(spots, way.at(-1)!, key)!
      if (next === way.at(-1)) return way.map(({ id }) => id)
      way.push(next)
    }
  }
  expect(walked(0, 'ArrowRight')).toEqual(['0', '1', '2', '3'])
  expect(walked(2, 'ArrowUp')).toEqual(['2', '3', '1', '0'])
  expect(nextSpot(spots, spots[0]!, 'a')).toBeNull()
})
