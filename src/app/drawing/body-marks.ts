/** What is painted of bands and columns. */
import type { BandBody, Body, ColumnBody } from './bodies.ts'
import { inset, type Box } from './box.ts'
import { workingCells } from './experts.ts'
import { boldWidth, charWidth, percent } from './label-text.ts'
import { boxPath, round, type Mark } from './marks.ts'
import type { Part, Tone } from './parts.ts'

interface Words {
  /** Of the whole figure, for shares. */
  total: number | null
  /** Whether columns have words in them. */
  labelled: boolean
}

/** The paint of a body, and where its parts stand. */
export function bodyMarks({ bands }: Body, words: Words, spots: Map<string, Box>): Mark[] {
  return bands.flatMap((body) => {
    spots.set(body.band.id, body.line)
    if (body.columns.length > 0)
      return body.columns.flatMap((column) => columnMarks(column, body, words, spots))
    if (body.line.height === 0) return []
    return [{ kind: 'path', d: boxPath(inset(body.line, 1)), look: 'tied' } satisfies Mark]
  })
}

/** Paper between two columns. */
const between = 2

function columnMarks(
  { column, box, tiles }: ColumnBody,
  { line, columns }: BandBody,
  words: Words,
  spots: Map<string, Box>,
): Mark[] {
  const { parts, cells } = column
  const [first] = parts
  if (tiles === null) {
    const own = apart(box, line, columns.length > 1)
    for (const part of parts) spots.set(part.id, own)
    // Too thin for tiles: a line, outlined experts as a pale one.
    const main = parts.at(-1)!
    if (cells !== null && cells.working < cells.cells)
      return [{ kind: 'path', d: boxPath(own), look: 'idle', part: main.id }]
    return [
      { kind: 'box', box: own, look: main.tone, part: main.id },
      ...textureOf(main, own),
      ...(words.labelled ? wordsIn(first!, own, words.total) : []),
    ]
  }
  const gap = gapOf(tiles.routed[0]!)
  const working = workingCells(cells!.cells, cells!.working)
  const routed = parts.at(-1)!
  const lit = tiles.routed.filter((_, cell) => working.has(cell))
  const idle = tiles.routed.filter((_, cell) => !working.has(cell))
  spots.set(routed.id, box)
  const marks: Mark[] = [{ kind: 'box', box, look: 'hit', part: routed.id }]
  if (idle.length > 0)
    marks.push({ kind: 'path', d: tilesPath(idle, gap + 1), look: 'idle', part: routed.id })
  if (lit.length > 0)
    marks.push({ kind: 'path', d: tilesPath(lit, gap + 1), look: 'lit', part: routed.id })
  if (tiles.shared !== null) {
    const shared = first!
    const own = inset(tiles.shared, gap + 1)
    spots.set(shared.id, own)
    marks.push(
      { kind: 'path', d: boxPath(own), look: 'lit', part: shared.id },
      {
        kind: 'path',
        d: boxPath(inset(own, Math.min(8, own.width / 2, own.height / 2))),
        look: 'inner',
      },
    )
  }
  return marks
}

const tilesPath = (tiles: readonly Box[], gap: number): string =>
  tiles.map((each) => boxPath(inset(each, gap))).join('')

/** Paper between cells, by the size of a cell. */
const gapOf = ({ width, height }: Box): number => {
  const size = Math.min(width, height)
  return size >= 9 ? 2 : size >= 5 ? 1 : 0.6
}

/** A column with paper to its neighbours; at the ends of a band there is none. */
function apart(box: Box, line: Box, hasNeighbours: boolean): Box {
  if (!hasNeighbours) return box
  const isFirst = box.x <= line.x + 0.01
  const isLast = box.x + box.width >= line.x + line.width - 0.01
  const left = isFirst ? 0 : Math.min(between / 2, box.width / 3)
  const right = isLast ? 0 : Math.min(between / 2, box.width / 3)
  const width = Math.max(0.8, box.width - left - right)
  const end = line.x + line.width
  return { ...box, x: Math.min(box.x + left, end - width), width }
}

const textureOf = ({ keeps, tone }: Part, box: Box): Mark[] =>
  tone !== 'mixer' || keeps === null || keeps === 'every' || keeps === 'nothing' || box.height < 3
    ? []
    : [{ kind: 'texture', box, keeps }]

const lineHeight = 17

/** Name, share and detail, as many lines as fit. */
function wordsIn(part: Part, box: Box, total: number | null): Mark[] {
  const lines = [part.name, percent(part.amount, total), part.detail]
    .map((text, place) => {
      const isBold = place === 0
      return { text, isBold, width: text.length * (isBold ? boldWidth : charWidth) }
    })
    .filter(({ text, width }) => text !== '' && width <= box.width - 14)
    .slice(0, Math.max(0, Math.floor((box.height - 10) / lineHeight)))
  if (lines.length === 0) return []
  const patch: Box = {
    x: box.x + 3,
    y: box.y + 3,
    width: Math.max(...lines.map(({ width }) => width)) + 10,
    height: lines.length * lineHeight + 6,
  }
  return [
    ...(textureOf(part, box).length > 0
      ? [{ kind: 'box', box: patch, look: `patch-${part.tone}` } satisfies Mark]
      : []),
    ...lines.map(({ text, isBold }, place): Mark => ({
      kind: 'text',
      x: box.x + 8,
      y: box.y + 17 + place * lineHeight,
      text,
      look: onTone[part.tone],
      isBold,
    })),
  ]
}

const onTone = { mixer: 'on-mixer', ffn: 'on-ffn', table: 'on-table' } as const satisfies Record<
  Tone,
  string
>

/** A tied head is joined to the table that it uses. */
export function tieMarks(bands: readonly BandBody[]): Mark[] {
  const tied = bands.find(({ band }) => band.isTied)
  const table = bands.find(({ columns }) =>
    columns.some(({ column }) => column.parts[0]!.block.formulas.is === 'token_embedding'),
  )
  if (tied === undefined || table === undefined) return []
  const end = tied.line.x + tied.line.width
  const from = table.line.y + table.line.height / 2
  const to = tied.line.y + tied.line.height / 2
  return [
    {
      kind: 'path',
      d: `M${round(end)} ${round(from)}h7V${round(to)}h-7`,
      look: 'tie',
    },
  ]
}
