/** Splits a stream of bytes into lines without ever holding more than one of them. */
import { readUtf8, type Read } from './utf8.ts'

/** A line, or why it cannot be read. */
export type Line = Read

/**
 * The lines of each piece of input as it arrives; blank ones are passed over. Ends with what follows the last line break.
 * @param longest in bytes
 */
export async function* linesOf(
  input: AsyncIterable<Uint8Array>,
  longest: number,
): AsyncGenerator<Line[]> {
  // Grows to the longest line, however small the pieces are that it arrives in.
  let held = Buffer.alloc(1 << 16)
  let size = 0
  const take = (): Line | undefined => {
    const line = held.subarray(0, size)
    const length = size
    size = 0
    if (length > longest) return { mistake: `the line is longer than ${longest / 1024 / 1024} MiB` }
    const read = readUtf8(line, 'the line')
    return 'text' in read && read.text.trim() === '' ? undefined : read
  }
  const hold = (piece: Uint8Array): void => {
    const start = size
    size += piece.byteLength
    if (size > longest) return
    if (size > held.length) {
      const larger = Buffer.alloc(2 * size)
      held.copy(larger, 0, 0, start)
      held = larger
    }
    held.set(piece, start)
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
