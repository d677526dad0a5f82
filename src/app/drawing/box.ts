/** A rectangle in pixels. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export const areaOfBox = ({ width, height }: Box): number => width * height

/** The same with `gap` of paper around it shared with its neighbours; what is thin stays a line. */
export function inset(box: Box, gap: number): Box {
  const width = Math.max(Math.min(box.width, 1.2), box.width - gap)
  const height = Math.max(Math.min(box.height, 1.2), box.height - gap)
  return {
    x: box.x + (box.width - width) / 2,
    y: box.y + (box.height - height) / 2,
    width,
    height,
  }
}
