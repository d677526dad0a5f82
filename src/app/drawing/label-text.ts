/** Words of labels, and how many of them fit. */

/** Pixels that a character takes, on average; a figure takes a little more. */
export const charWidth = 6.4
export const figureWidth = 7
/** That a bold one takes. */
export const boldWidth = 8.2

/** A text that takes at most `width` pixels; bold ones take more. */
export function fitted(text: string, width: number, isBold = false): string {
  const most = Math.floor(width / (isBold ? boldWidth : charWidth))
  if (text.length <= most) return text
  return most < 3 ? '' : `${text.slice(0, most - 1).trimEnd()}…`
}

/** Between the lines of one label. */
export const lineHeight = 15

/** Between words and the parts of a model's name, but never beside the sign that belongs to the word that follows. */
const breaks = /(?<= |-(?=[A-Z\d]))(?<!\+ )(?!×)/

/** A text in as many lines as it needs, the first with a room of its own; only a word that is longer than a line is cut. */
export function inLines(text: string, first: number, others = first, isBold = false): string[] {
  const lines: string[] = []
  let line = ''
  const room = (): number => (lines.length === 0 ? first : others)
  for (const piece of text.split(breaks)) {
    const isFull = fitted((line + piece).trimEnd(), room(), isBold) !== (line + piece).trimEnd()
    if (isFull && line !== '') {
      lines.push(fitted(line.trimEnd(), room(), isBold))
      line = ''
    }
    line += piece
  }
  return [...lines, fitted(line, room(), isBold)]
}

/** `99.5 %`, `1.62 %`, `0.20 %`, `0.048 %`; 0 as it is. */
export function percent(amount: number, total: number | null): string {
  if (total === null || total === 0 || amount === 0) return '0'
  const share = (100 * amount) / total
  if (share >= 99.95 && amount < total) return '> 99.9 %'
  const digits =
    share >= 99.95
      ? '100'
      : share >= 10
        ? share.toFixed(1)
        : share >= 1
          ? share.toFixed(2)
          : share >= 0.0001
            ? share.toPrecision(2)
            : '< 0.0001'
  return `${digits} %`
}
