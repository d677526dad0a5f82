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

/** `99.5 %`, `1.62 %`, `0.14 %`, `0.048 %`; 0 as it is. */
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
            ? String(Number(share.toPrecision(2)))
            : '< 0.0001'
  return `${digits} %`
}
