/** What is kept, as a list of bars below a figure. */
import type { Figure } from './figure.ts'
import { fitted } from './label-text.ts'
import type { Mark } from './marks.ts'
import { railEnd, railMarks, railsOf } from './rails.ts'
import type { Wording } from './wording.ts'

const rowHeight = 36
const amountWidth = 76

/** @param end of the scale, where other figures share it */
export function railList(
  figure: Figure,
  { x, y, width }: { x: number; y: number; width: number },
  wording: Wording,
  end = railEnd([figure], wording),
): { marks: Mark[]; bottom: number } {
  const { railed, railTitle, writeBytes } = wording
  const rails = railed ? railsOf(figure) : []
  if (rails.length === 0) return { marks: [], bottom: y }
  const marks: Mark[] = [
    { kind: 'text', x, y: y + 12, text: 'KV cache', look: 'strong' },
    {
      kind: 'text',
      x: x + width,
      y: y + 12,
      text: railTitle(end).replace(/^KV cache, /, 'bars '),
      look: 'soft',
      anchor: 'end',
    },
    ...rails.flatMap((rail, place): Mark[] => {
      const top = y + 22 + place * rowHeight
      const { part } = rail
      return [
        {
          kind: 'text',
          x,
          y: top + 11,
          text: fitted(`${part.layers} × ${part.name}`, width),
          look: 'soft',
        },
        ...railMarks(rail, { x, y: top + 19, width: width - amountWidth, end }),
        {
          kind: 'text',
          x: x + width,
          y: top + 27,
          text: writeBytes(rail.bytes),
          look: 'soft',
          anchor: 'end',
        },
      ]
    }),
  ]
  return { marks, bottom: y + 22 + rails.length * rowHeight }
}
