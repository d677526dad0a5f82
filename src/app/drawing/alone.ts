/** One model where there is room: labels on the left, bands in the middle, what is kept on the right. */
import { bodyOf } from './bodies.ts'
import { bodyMarks, tieMarks } from './body-marks.ts'
import type { Box } from './box.ts'
import type { Band, Figure } from './figure.ts'
import { figureWidth, fitted } from './label-text.ts'
import { round, type Mark, type Picture } from './marks.ts'
import { railEnd, railMarks, railsOf, railWord } from './rails.ts'
import {
  bandMarks,
  bandSize,
  partMarks,
  partSize,
  rowHeight,
  rowsOf,
  type Manner,
} from './row-marks.ts'
import { spread } from './spread.ts'
import type { Wording } from './wording.ts'

/** Of all bands, without gaps. */
const usual = 430
const gutter = 224
const railWidth = 138
/** Between the columns of the page of the drawing. */
const lane = 20
/** Of the line of titles above. */
const head = 28

export function alone(figure: Figure, width: number, wording: Wording): Picture {
  const { write, railed } = wording
  const x = gutter + lane
  const bodyWidth = width - x - (railed ? railWidth + lane : 0)
  const spots = new Map<string, Box>()
  const targets = new Map<string, Box>()
  const total = figure.total ?? 0
  const scale = total > 0 ? usual / total : 0
  const body = bodyOf(figure, { x, y: head, width: bodyWidth, scale, gap: 5 })
  const manner = { write, figure }
  spots.set(figure.letter, { x, y: head, width: bodyWidth, height: body.height })

  const rows = body.bands.map(({ band }) => labelRows(band, manner))
  const sizes = body.bands.map(({ line }, place) => ({
    middle: line.y + line.height / 2,
    height: rows[place]!.height,
  }))
  const tops = spread(sizes, head - 6, head + body.height, 7)
  const labels = body.bands.flatMap(({ band, line }, place): Mark[] => {
    const y = tops[place]!
    targets.set(band.id, { x: 0, y, width: gutter, height: rowHeight })
    return [
      ...bandMarks(band, { x: 0, y, width: gutter }, manner),
      ...rows[place]!.parts.flatMap(({ part, top }) => {
        targets.set(part.id, { x: 0, y: y + top, width: gutter, height: rowHeight })
        return partMarks(part, { x: 0, y: y + top, width: gutter }, manner)
      }),
      ...leader(line, y + 12, y + sizes[place]!.height),
    ]
  })

  const rails = railed ? railsOf(figure) : []
  const railX = width - railWidth
  const railTops = spread(
    rails.map(({ band }) => {
      const { line } = body.bands.find((each) => each.band === band)!
      return { middle: line.y + line.height / 2, height: 30 }
    }),
    head,
    head + body.height,
    6,
  )
  const bars = rails.flatMap((rail, place): Mark[] => {
    const y = railTops[place]! + 2
    const amount = wording.writeBytes(rail.bytes)
    return [
      ...railMarks(rail, { x: railX, y, width: railWidth, end: railEnd([figure], wording) }),
      { kind: 'text', x: railX, y: y + 22, text: amount, look: 'soft' },
      {
        kind: 'text',
        x: width,
        y: y + 22,
        text: fitted(railWord(rail), railWidth - amount.length * figureWidth - 6),
        look: 'soft',
        anchor: 'end',
      },
    ]
  })
  const bottom = Math.max(
    head + body.height,
    (tops.at(-1) ?? 0) + (sizes.at(-1)?.height ?? 0),
    (railTops.at(-1) ?? 0) + 30,
  )
  return {
    width,
    height: Math.ceil(bottom + 4),
    painted: [
      {
        letter: figure.letter,
        marks: [
          { kind: 'text', x: 0, y: 12, text: 'Layers', look: 'soft' },
          { kind: 'text', x, y: 12, text: wording.areaTitle(figure), look: 'soft' },
          ...(rails.length > 0
            ? [
                {
                  kind: 'text',
                  x: railX,
                  y: 12,
                  text: wording.railTitle(railEnd([figure], wording)),
                  look: 'soft',
                } satisfies Mark,
              ]
            : []),
          ...bodyMarks(body, { total: figure.total, labelled: true }, spots),
          ...tieMarks(body.bands),
          ...labels,
          ...bars,
        ],
      },
    ],
    spots,
    targets,
  }
}

/** The rows of a band's label: where each part's is below its title; a part that is all of a table needs none. */
function labelRows(band: Band, manner: Manner) {
  const parts = rowsOf(band)
  let height = bandSize(band, gutter, manner)
  const placed = (band.layers === null && parts.length < 2 ? [] : parts).map((part) => {
    const top = height
    height += partSize(part, gutter, manner)
    return { part, top }
  })
  return { parts: placed, height }
}

/** From a label to the bracket of its band: straight where they stand side by side, else from its title to the nearer end. */
function leader({ y, height: tall }: Box, titleMiddle: number, labelEnd: number): Mark[] {
  if (tall === 0) return []
  const [bracket, body] = [gutter + 9, gutter + 13]
  const middle = within(y + tall / 2, titleMiddle, labelEnd)
  const to = within(middle, y + Math.min(4, tall / 2), y + tall - Math.min(4, tall / 2))
  const isStraight = to === middle
  const d = `M${isStraight ? bracket - 4 : gutter + 2} ${round(isStraight ? to : titleMiddle)}L${bracket} ${round(to)}`
  const ends =
    tall > 6
      ? `M${body} ${round(y + 0.5)}H${bracket}V${round(y + tall - 0.5)}H${body}`
      : `M${bracket} ${round(to)}H${body + 3}`
  return [{ kind: 'path', d: d + ends, look: 'leader' }]
}

const within = (value: number, from: number, to: number): number =>
  Math.max(from, Math.min(to, value))
