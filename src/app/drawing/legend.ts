/** What signs and tones mean, for those that a drawing has, and what is too small to be seen. */
import { lowered } from '../parts/lowered.ts'
import type { Area } from './areas.ts'
import type { Figure } from './figure.ts'
import { keepsWords, type Keeps } from './keeps.ts'
import type { Glyph } from './marks.ts'
import { rowsOf } from './row-marks.ts'
import type { Part } from './parts.ts'
import type { Wording } from './wording.ts'

export interface LegendEntry {
  glyph: Glyph | null
  text: string
}

export function legendOf(
  figures: readonly Figure[],
  area: Area,
  { write }: Wording,
): LegendEntry[] {
  const bands = figures.flatMap((figure) => figure.bands)
  const parts = bands.flatMap(rowsOf)
  const kept = new Set(parts.flatMap(({ keeps }) => keeps ?? []))
  return [
    ...(Object.keys(keepsWords) as Keeps[])
      .filter((keeps) => kept.has(keeps))
      .map((keeps): LegendEntry => ({ glyph: keeps, text: keepsWords[keeps].legend })),
    ...expertEntries(figures, area),
    ...figures.flatMap((figure) => smallEntry(figure, figures.length > 1, write)),
  ]
}

/** How many experts of how many, of each mixture that a drawing has, once. */
function expertEntries(figures: readonly Figure[], area: Area): LegendEntry[] {
  const cells = figures.flatMap(({ bands }) =>
    bands.flatMap(({ columns }) => columns.flatMap((column) => column.cells ?? [])),
  )
  if (cells.length === 0) return []
  const counts = [...new Set(cells.map(({ working, stored }) => `${working} of ${stored}`))].join(
    ', ',
  )
  if (!area.work)
    return [
      {
        glyph: 'lit',
        text: `used by one token: ${counts}, which ones changes from token to token`,
      },
      { glyph: 'idle', text: 'stored for other tokens' },
    ]
  const idle = [
    ...new Set(
      cells
        .filter(({ working, stored }) => working < stored)
        .map(({ working, stored }) => `${stored - working} of ${stored}`),
    ),
  ]
  if (area.id === 'active')
    return idle.length === 0
      ? []
      : [
          {
            glyph: null,
            text: `${idle.join(', ')} experts are idle for one token and have no area here`,
          },
        ]
  const pass = area.id === 'prefill' ? 'a prefill' : 'a step'
  return [
    {
      glyph: 'lit',
      text: `experts that ${pass} is expected to touch: ${counts}, with even routing${idle.length === 0 ? '' : '; idle ones have no area here'}`,
    },
  ]
}

function smallEntry(
  { bands, letter }: Figure,
  many: boolean,
  write: Wording['write'],
): LegendEntry[] {
  const sums = new Map<string, number>()
  for (const part of bands.flatMap(({ small }) => small)) {
    if (part.amount === 0) continue
    const word = smallWord(part)
    sums.set(word, (sums.get(word) ?? 0) + part.amount)
  }
  if (sums.size === 0) return []
  const words = [...sums].map(([word, amount]) => `${word} ${write(amount)}`).join(', ')
  return [{ glyph: null, text: `too small to see${many ? ` in ${letter}` : ''}: ${words}` }]
}

const smallWord = ({ block, name }: Part): string =>
  block.formulas.folder === 'norms' ? 'norms' : lowered(name)
