/** The bars that say what the mixers of a band keep, all at one scale. */
import type { Figure, Band } from './figure.ts'
import { grows, keepsWords } from './keeps.ts'
import { boxPath, round, type Mark } from './marks.ts'
import type { Part } from './parts.ts'
import { roundUp } from './rail-scale.ts'
import type { Wording } from './wording.ts'

export interface Rail {
  band: Band
  part: Part
  bytes: number
}

export const railsOf = ({ bands }: Figure): Rail[] =>
  bands.flatMap((band) =>
    [...band.columns.flatMap(({ parts }) => parts), ...band.small]
      .filter(({ keeps }) => keeps !== null)
      .map((part) => ({ band, part, bytes: part.cost.cache?.bytes ?? 0 }))
      .filter(({ bytes }) => bytes > 0),
  )

/** The end of the scale that the rails of all figures share. */
export const railEnd = (figures: readonly Figure[], { base }: Wording): number =>
  roundUp(Math.max(0, ...figures.flatMap(railsOf).map(({ bytes }) => bytes)), base)

/** A bar in its track; an arrow where it grows with the context, a stop where it does not. */
export function railMarks(
  { part, bytes }: Rail,
  { x, y, width, end }: { x: number; y: number; width: number; end: number },
): Mark[] {
  const length = Math.max(1, (bytes / end) * (width - 6))
  const tip = x + length
  const sign = grows(part.keeps!)
    ? `M${round(tip - 1)} ${y - 2.5}l7 6.5l-7 6.5z`
    : boxPath({ x: tip, y: y - 2.5, width: 2, height: 13 })
  return [
    { kind: 'path', d: boxPath({ x, y, width, height: 8 }), look: 'track' },
    {
      kind: 'path',
      d: boxPath({ x, y: y + 0.5, width: length, height: 7 }) + sign,
      look: 'bar',
      part: part.id,
    },
  ]
}

export const railWord = ({ part }: Rail): string => keepsWords[part.keeps!].rail
