/** One model where there is little room: labels above each band, what is kept as a list below. */
import { bodyOf } from './bodies.ts'
import { bodyMarks, tieMarks } from './body-marks.ts'
import type { Box } from './box.ts'
import type { Band, Figure } from './figure.ts'
import { charWidth, fitted } from './label-text.ts'
import type { Mark, Picture } from './marks.ts'
import { railList } from './rail-list.ts'
import { bandEnd, glyphOf, rowHeight, rowSize, rowsOf, rowText } from './row-marks.ts'
import type { Wording } from './wording.ts'

/** Of all bands, without gaps. */
const usual = 330
/** Of the line of titles above. */
const head = 24

export function narrow(figure: Figure, width: number, wording: Wording, height = usual): Picture {
  const spots = new Map<string, Box>()
  const targets = new Map<string, Box>()
  const total = figure.total ?? 0
  const scale = total > 0 ? height / total : 0
  const bodyWidth = width - (figure.bands.some(({ isTied }) => isTied) ? 8 : 0)
  const amountOf = (band: Band): string =>
    band.amount > 0 && !band.isTied
      ? `${bandEnd(band, figure)}  ${wording.write(band.amount)}`
      : bandEnd(band, figure)
  const titleSize = (band: Band): number => rowSize(width, band.title, amountOf(band), 'strong')
  const lead = (band: Band): number =>
    titleSize(band) + (named(band) ? chipRows(band, width).length * rowHeight : 0)
  const body = bodyOf(figure, { x: 0, y: head, width: bodyWidth, scale, gap: 8 }, lead)
  spots.set(figure.letter, { x: 0, y: head, width, height: body.height })
  const labels = body.bands.flatMap(({ band, line }): Mark[] => {
    const y = line.y - lead(band)
    targets.set(band.id, { x: 0, y, width, height: rowHeight })
    return [
      ...rowText({ x: 0, y: y + 17, width }, band.title, amountOf(band), 'strong'),
      ...(named(band) ? chipRows(band, width) : []).flatMap((row, place) =>
        row.flatMap(({ part, x, width: room }): Mark[] => {
          const top = y + titleSize(band) + rowHeight * place
          targets.set(part.id, { x, y: top, width: room, height: rowHeight })
          return [
            { kind: 'glyph', x, y: top + 4, glyph: glyphOf(part) },
            {
              kind: 'text',
              x: x + 19,
              y: top + 15,
              text: fitted(part.name, room - 19),
              look: 'soft',
            },
          ]
        }),
      ),
    ]
  })
  const rails = railList(figure, { x: 0, y: head + body.height + 16, width }, wording)
  return {
    width,
    height: rails.bottom + 4,
    painted: [
      {
        letter: figure.letter,
        marks: [
          { kind: 'text', x: 0, y: 12, text: wording.areaTitle(figure), look: 'soft' },
          ...bodyMarks(body, { total: figure.total, labelled: false }, spots),
          ...tieMarks(body.bands),
          ...labels,
          ...rails.marks,
        ],
      },
    ],
    spots,
    targets,
  }
}

/** Bands whose parts have names of their own. */
const named = (band: Band): boolean => band.layers !== null || rowsOf(band).length > 1

interface Chip {
  part: ReturnType<typeof rowsOf>[number]
  x: number
  width: number
}

/** The names of parts side by side, in as many rows as they need. */
function chipRows(band: Band, width: number): Chip[][] {
  const rows: Chip[][] = []
  let x = 0
  for (const part of rowsOf(band)) {
    const room = Math.min(width, 19 + part.name.length * charWidth + 12)
    if (rows.length === 0 || x + room > width) {
      rows.push([])
      x = 0
    }
    rows.at(-1)!.push({ part, x, width: room })
    x += room
  }
  return rows
}
