/** Splits a stream of bytes into lines without ever holding more than one of them. */

/** A line, or null in the place of one that is too long to be held. */
export type Line = string | null

/**
 * The lines of each piece of input as it arrives; blank ones are passed over. Ends with what follows the last line break.
 * @param longest in bytes
 */
export async function* linesOf(
  input: AsyncIterable<Uint8Array>,
  longest: number,
): AsyncGenerator<Line[]> {
  let held: Uint8Array[] = []
  let size = 0
  const take = (): Line | undefined => {
    const line = size > longest ? null : Buffer.concat(held).toString('utf8')
    held = []
    size = 0
    return line?.trim() === '' ? undefined : line
  }
  const hold = (piece: Uint8Array): void => {
    size += piece.byteLength
    if (size > longest) held = []
    else held.push(piece)
  }
  for await (const piece of input) {
    const lines: Line[] = []
    let start = 0
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, start)) {
      hold(piece.subarray(start, end))
      start = end + 1
      const line = take()
      if (line !== undefined) lines.push(line)
    }
    hold(piece.subarray(start))
    if (lines.length > 0) yield lines
  }
  const line = take()
  if (line !== undefined) yield [line]
}
