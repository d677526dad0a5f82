/** Labels of bands and parts, as rows with a figure at their end. */
import { barCode, codeWidth } from './bar-code.ts'
import type { Band, Figure } from './figure.ts'
import { figureWidth, inLines, lineHeight, percent } from './label-text.ts'
import { layerPlace } from './layer-place.ts'
import type { Glyph, Mark, TextLook } from './marks.ts'
import type { Part } from './parts.ts'

/** Of a row that can be pressed. */
export const rowHeight = 24

export interface Manner {
  /** Writes an amount with its unit. */
  write: (amount: number) => string
  figure: Figure
}

interface Place {
  x: number
  y: number
  width: number
}

export const glyphOf = ({ keeps, piece, tone }: Part): Glyph =>
  piece === 'routed' || piece === 'shared' ? piece : (keeps ?? (tone === 'ffn' ? 'ffn' : 'table'))

/** All parts of a band that have a row: those that are seen. */
export const rowsOf = ({ columns }: Band): Part[] => columns.flatMap(({ parts }) => parts)

/** What stands at the end of a row always stands whole; the text beside it takes a second line where it needs one. */
const linesOf = (width: number, text: string, end: string, look: TextLook): string[] =>
  inLines(text, width - (end === '' ? 0 : end.length * figureWidth + 6), width, look === 'strong')

/** The height of `rowText`, from the top of a row to that of the next. */
export const rowSize = (width: number, text: string, end: string, look: TextLook = 'plain') =>
  rowHeight + lineHeight * (linesOf(width, text, end, look).length - 1)

/** A text with a figure at the end of the row. */
export function rowText(
  { x, y, width }: Place,
  text: string,
  end: string,
  look: TextLook = 'plain',
): Mark[] {
  return [
    ...linesOf(width, text, end, look).map((line, place): Mark => ({
      kind: 'text',
      x,
      y: y + place * lineHeight,
      text: line,
      look,
    })),
    ...(end === ''
      ? []
      : [{ kind: 'text', x: x + width, y, text: end, look: 'soft', anchor: 'end' } satisfies Mark]),
  ]
}

export const bandEnd = ({ isTied, amount }: Band, { total }: Figure): string =>
  isTied ? 'tied' : percent(amount, total)

/** Where a title has no room for itself its rest comes before what else there is to say. */
function wordsOf(band: Band, width: number, { write, figure }: Manner) {
  const end = bandEnd(band, figure)
  const [title, ...rest] = linesOf(width, band.title, end, 'strong')
  const amount = band.layers === null && band.amount > 0 && !band.isTied ? write(band.amount) : ''
  return { title: title!, end, rest, amount }
}

/** Of a title and what stands below it. */
export function bandSize(band: Band, width: number, manner: Manner): number {
  const { rest } = wordsOf(band, width, manner)
  const lines = rest.length + (band.layers === null && band.note === '' ? 0 : 1)
  return rowHeight + secondHeight + lineHeight * Math.max(0, lines - 1)
}

/** Title and share, then where the layers stand, or what there is beside them. */
export function bandMarks(band: Band, { x, y, width }: Place, manner: Manner): Mark[] {
  const { title, end, rest, amount } = wordsOf(band, width, manner)
  const line = (place: number) => ({ x, y: y + rowHeight + 8 + lineHeight * place, width })
  const last = line(rest.length)
  const left = codeWidth + 6
  const below: Mark[] =
    band.layers === null
      ? rowText(last, band.note, rest.length === 0 ? amount : '', 'soft')
      : [
          ...barCode(band, x, last.y - 8),
          ...rowText({ ...last, x: x + left, width: width - left }, '', layerPlace(band.layers)),
        ]
  return [
    ...rowText({ x, y: y + 17, width }, title, end, 'strong'),
    ...rest.flatMap((text, place) =>
      rowText(line(place), text, place === 0 ? amount : '', 'strong'),
    ),
    ...below,
  ]
}

/** Below the title of a band. */
const secondHeight = 14

/** The room of a part's name, beside its sign. */
const named = (width: number): number => width - 19

export const partSize = (part: Part, width: number, { write }: Manner): number =>
  rowSize(named(width), part.name, write(part.amount))

export function partMarks(part: Part, { x, y, width }: Place, { write }: Manner): Mark[] {
  return [
    { kind: 'glyph', x, y: y + 5.5, glyph: glyphOf(part) },
    ...rowText({ x: x + 19, y: y + 16.5, width: named(width) }, part.name, write(part.amount)),
  ]
}
