/** Labels of bands and parts, as rows with a figure at their end. */
import { barCode, codeWidth } from './bar-code.ts'
import type { Band, Figure } from './figure.ts'
import { figureWidth, fitted, percent } from './label-text.ts'
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

/** A text with a figure at the end of the row, which always stands whole. */
export function rowText(
  { x, y, width }: Place,
  text: string,
  end: string,
  look: TextLook = 'plain',
): Mark[] {
  const room = width - (end === '' ? 0 : end.length * figureWidth + 6)
  return [
    { kind: 'text', x, y, text: fitted(text, room, look === 'strong'), look },
    ...(end === ''
      ? []
      : [{ kind: 'text', x: x + width, y, text: end, look: 'soft', anchor: 'end' } satisfies Mark]),
  ]
}

export const bandEnd = ({ isTied, amount }: Band, { total }: Figure): string =>
  isTied ? 'tied' : percent(amount, total)

/** Title and share, then where the layers stand, or what there is beside them. */
export function bandMarks(band: Band, { x, y, width }: Place, { write, figure }: Manner): Mark[] {
  const second = y + rowHeight
  return [
    ...rowText({ x, y: y + 17, width }, band.title, bandEnd(band, figure), 'strong'),
    ...(band.layers === null
      ? rowText(
          { x, y: second + 8, width },
          band.note,
          band.amount > 0 && !band.isTied ? write(band.amount) : '',
          'soft',
        )
      : [
          ...barCode(band, x, second),
          ...rowText(
            { x: x + codeWidth + 6, y: second + 8, width: width - codeWidth - 6 },
            '',
            layerPlace(band.layers),
          ),
        ]),
  ]
}

/** Below the title of a band. */
export const secondHeight = 14

export function partMarks(part: Part, { x, y, width }: Place, { write }: Manner): Mark[] {
  return [
    { kind: 'glyph', x, y: y + 5.5, glyph: glyphOf(part) },
    ...rowText({ x: x + 19, y: y + 16.5, width: width - 19 }, part.name, write(part.amount)),
  ]
}
