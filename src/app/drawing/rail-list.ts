/** What is kept, as a list of bars below a figure. */
import type { Figure } from './figure.ts'
import { inLines, lineHeight } from './label-text.ts'
import type { Mark } from './marks.ts'
import { railEnd, railMarks, railsOf } from './rails.ts'
import type { Wording } from './wording.ts'

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
  let bottom = y + 22
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
    ...rails.flatMap((rail): Mark[] => {
      const { part } = rail
      const words = inLines(`${part.layers} × ${part.name}`, width)
      const bar = bottom + 4 + words.length * lineHeight
      const lines = words.map((text, line): Mark => ({
        kind: 'text',
        x,
        y: bottom + 11 + line * lineHeight,
        text,
        look: 'soft',
      }))
      bottom = bar + 17
      return [
        ...lines,
        ...railMarks(rail, { x, y: bar, width: width - amountWidth, end }),
        {
          kind: 'text',
          x: x + width,
          y: bar + 8,
          text: writeBytes(rail.bytes),
          look: 'soft',
          anchor: 'end',
        },
      ]
    }),
  ]
  return { marks, bottom }
}
