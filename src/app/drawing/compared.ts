/** Several models at one scale: side by side, equally wide, tops aligned, so that heights compare. */
import { bodyOf, magnification } from './bodies.ts'
import { bodyMarks, tieMarks } from './body-marks.ts'
import type { Box } from './box.ts'
import type { Band, Figure } from './figure.ts'
import { fitted, inLines, lineHeight } from './label-text.ts'
import { boxPath, round, type Mark, type Picture } from './marks.ts'
import { railList } from './rail-list.ts'
import { railEnd } from './rails.ts'
import { bandEnd, glyphOf, rowHeight, rowSize, rowsOf, rowText } from './row-marks.ts'
import type { Wording } from './wording.ts'

/** Of the largest figure, without gaps. */
const usual = 330
/** The least width of a column that has its list below it; narrower ones have their lists one below another. */
const listWidth = 200
/** Of a name and a total above each. */
const head = 46

/** @param ratio of a figure's total to the baseline's, in words */
export function compared(
  figures: readonly Figure[],
  width: number,
  wording: Wording,
  ratio: (figure: Figure) => string,
  height = usual,
): Picture {
  const spots = new Map<string, Box>()
  const targets = new Map<string, Box>()
  const between = width < 560 ? 12 : 28
  const column = (width - between * (figures.length - 1)) / figures.length
  const largest = Math.max(0, ...figures.map(({ total }) => total ?? 0))
  const scale = largest > 0 ? height / largest : 0
  const end = railEnd(figures, wording)
  const below = column >= listWidth
  const nameLines = figures.map(({ name, letter }) =>
    below ? inLines(name, column - 19, column - 19, true) : [letter],
  )
  const lower = lineHeight * (Math.max(...nameLines.map(({ length }) => length)) - 1)
  const drawn = figures.map((figure, place) => {
    const x = place * (column + between)
    const frame = { x, y: head + lower, width: column - 8, scale, height }
    const top = figureMarks(figure, frame, wording, spots)
    targets.set(figure.letter, { x, y: 0, width: column, height: rowHeight })
    const amount =
      figure.total === null ? '—' : `${wording.write(figure.total)}${below ? ratio(figure) : ''}`
    const titles: Mark[] = [
      { kind: 'letter', x, y: 4, letter: figure.letter },
      ...nameLines[place]!.map((text, line): Mark => ({
        kind: 'text',
        x: x + 19,
        y: 15 + line * lineHeight,
        text,
        look: 'strong',
      })),
      { kind: 'text', x, y: 35 + lower, text: fitted(amount, column), look: 'soft' },
    ]
    return { figure, x, marks: [...titles, ...top.marks], bottom: top.bottom }
  })
  let next = Math.max(...drawn.map(({ bottom }) => bottom)) + 16
  const listed = drawn.map(({ figure, x, marks, bottom }) => {
    const place = below ? { x, y: bottom + 10, width: column } : { x: 0, y: next, width }
    const list = listMarks(figure, place, targets, !below)
    const rails = railList(figure, { ...place, y: list.bottom + 8 }, wording, end)
    next = rails.bottom + 20
    return {
      letter: figure.letter,
      marks: [...marks, ...list.marks, ...rails.marks],
      bottom: rails.bottom,
    }
  })
  return {
    width,
    height: Math.ceil(Math.max(...listed.map(({ bottom }) => bottom))) + 4,
    painted: listed,
    spots,
    targets,
  }
}

interface Frame {
  x: number
  y: number
  width: number
  scale: number
  /** Of the largest figure. */
  height: number
}

/** The bands of a figure; where they are too low to be read, a line of their true size and the same magnified. */
function figureMarks(
  figure: Figure,
  { x, y, width, scale, height }: Frame,
  { write }: Wording,
  spots: Map<string, Box>,
): { marks: Mark[]; bottom: number } {
  const words = { total: figure.total, labelled: false }
  const times = magnification(figure.total ?? 0, scale, height)
  if (times === 1) {
    const body = bodyOf(figure, { x, y, width, scale, gap: 3 })
    spots.set(figure.letter, { x, y, width, height: body.height })
    return {
      marks: [...bodyMarks(body, words, spots), ...tieMarks(body.bands)],
      bottom: y + body.height,
    }
  }
  const line = { x, y, width, height: Math.max(2, (figure.total ?? 0) * scale) }
  const small = { x: x + width * 0.09, y: y + line.height + 44, width: width * 0.82 }
  // As wide as the true one it would be as many times higher; narrower it is higher still.
  const body = bodyOf(figure, { ...small, scale: (scale * times) / 0.82, gap: 3 })
  spots.set(figure.letter, { ...small, height: body.height })
  const lens = `M${x} ${round(y + line.height + 2)}L${round(small.x)} ${small.y - 4}M${x + width} ${round(y + line.height + 2)}L${round(small.x + small.width)} ${small.y - 4}`
  const middle = x + width / 2
  const inFull = [
    `the line above is ${write(figure.total ?? 0)};`,
    `below, magnified ${times.toLocaleString('en-US')} times`,
  ]
  const room = width * 0.9
  const said = inFull.every((text) => fitted(text, room) === text)
    ? inFull
    : ['magnified', `${times.toLocaleString('en-US')}×`]
  return {
    marks: [
      { kind: 'path', d: boxPath(line), look: 'code' },
      { kind: 'path', d: lens, look: 'lens' },
      ...said.map((text, place): Mark => ({
        kind: 'text',
        x: middle,
        y: y + line.height + 17 + place * 15,
        text: fitted(text, room),
        look: 'soft',
        anchor: 'middle',
      })),
      ...bodyMarks(body, words, spots),
      ...tieMarks(body.bands),
    ],
    bottom: small.y + body.height,
  }
}

/** A row for each band: the signs of its parts, their names, its share. */
function listMarks(
  figure: Figure,
  { x, y, width }: { x: number; y: number; width: number },
  targets: Map<string, Box>,
  isTitled: boolean,
): { marks: Mark[]; bottom: number } {
  const title: Mark[] = isTitled
    ? [
        { kind: 'letter', x, y: y + 4, letter: figure.letter },
        {
          kind: 'text',
          x: x + 19,
          y: y + 15,
          text: fitted(figure.name, width - 19, true),
          look: 'strong',
        },
      ]
    : []
  let bottom = y + (isTitled ? rowHeight : 0)
  const rows = figure.bands.flatMap((band): Mark[] => {
    const top = bottom
    const glyphs = glyphsOf(band)
    const indent = glyphs.length * 17 + 5
    const row = [width - indent, rowWords(band), bandEnd(band, figure)] as const
    bottom += rowSize(...row)
    targets.set(band.id, { x, y: top, width, height: bottom - top })
    return [
      { kind: 'path', d: `M${x} ${top + 0.5}h${round(width)}`, look: 'rule' },
      ...glyphs.map((glyph, at): Mark => ({ kind: 'glyph', x: x + at * 17, y: top + 6, glyph })),
      ...rowText({ x: x + indent, y: top + 17, width: row[0] }, row[1], row[2]),
    ]
  })
  return { marks: [...title, ...rows], bottom }
}

function glyphsOf(band: Band): ReturnType<typeof glyphOf>[] {
  if (band.isTied) return ['tied']
  const glyphs = rowsOf(band)
    .filter(({ piece }) => piece !== 'shared')
    .map(glyphOf)
  return glyphs.length === 0 ? ['table'] : [...new Set(glyphs)].slice(0, 3)
}

/** `58 × Latent + Experts`: here mixers go without the word that most of them share. */
function rowWords(band: Band): string {
  if (band.layers === null) return band.title
  const names = rowsOf(band)
    .filter(({ piece }) => piece !== 'shared')
    .map(({ name, piece }) => (piece === 'routed' ? 'Experts' : name.replace(/ attention$/, '')))
  const stack = band.title.includes(', ') ? `${band.title.split(',')[0]} ` : ''
  return `${stack}${band.layers.length} × ${names.join(' + ')}`
}
