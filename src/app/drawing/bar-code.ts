/** A tick for each layer of a band, in a track for all layers of the stack. */
import type { Band } from './figure.ts'
import { runsOf } from './layer-place.ts'
import { boxPath, type Mark } from './marks.ts'

export const codeWidth = 104

export function barCode({ layers, of }: Band, x: number, y: number): Mark[] {
  if (layers === null || of === 0) return []
  const one = codeWidth / of
  const ticks = runsOf(layers).map(([from, to]) =>
    boxPath({
      x: x + from * one,
      y,
      width: Math.max(1, (to - from + 1) * one - (one > 2 ? 1 : 0.4)),
      height: 7,
    }),
  )
  return [
    { kind: 'path', d: boxPath({ x, y: y + 3, width: codeWidth, height: 1 }), look: 'code-track' },
    { kind: 'path', d: ticks.join(''), look: 'code' },
  ]
}
