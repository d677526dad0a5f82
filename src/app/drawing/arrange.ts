/** The picture of one model or several, as there is room. */
import { alone } from './alone.ts'
import { compared } from './compared.ts'
import type { Figure } from './figure.ts'
import type { Picture } from './marks.ts'
import { narrow } from './narrow.ts'
import type { Wording } from './wording.ts'

/** From this width labels stand beside the bands. */
const roomy = 720

/** Below this nothing can be read, and is laid out as if there were room. */
const least = 240

/** @param ratio of a figure's total to the baseline's, in words */
export function arrange(
  figures: readonly Figure[],
  room: number,
  wording: Wording,
  ratio: (figure: Figure) => string,
): Picture {
  const width = Math.max(least, room)
  const [only, ...others] = figures
  if (only === undefined || others.length > 0) return compared(figures, width, wording, ratio)
  return width >= roomy ? alone(only, width, wording) : narrow(only, width, wording)
}

/** Of figures beside words: low, with labels above and lists below whatever the width. */
const low = 180

export const arrangeSmall = (
  figures: readonly Figure[],
  room: number,
  wording: Wording,
): Picture => {
  const width = Math.max(least, room)
  return figures.length > 1
    ? compared(figures, width, wording, () => '', low)
    : narrow(figures[0]!, width, wording, low)
}
