/** Standard output and error: colour only for people, and an end when the reader has seen enough. */
import { once } from 'node:events'
import type { Note } from '../import/report.ts'

/** Writes to standard output and waits where the reader is slower. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}

/** Writes to standard error. */
export function say(text: string): void {
  process.stderr.write(text)
}

/** `archcost … | head` closes the pipe: what is left has no reader, and that is no error. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
}

type Stream = { isTTY?: boolean }
const codes = {
  plain: [0, 0],
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
} as const

/** Colours text for a stream that is a terminal, unless NO_COLOR is set. */
export function styled(
  style: keyof typeof codes,
  text: string,
  stream: Stream = process.stdout,
): string {
  if (
    style === 'plain' ||
    stream.isTTY !== true ||
    (process.env['NO_COLOR'] ?? '') !== '' ||
    process.env['TERM'] === 'dumb'
  )
    return text
  const [on, off] = codes[style]
  return `\u001b[${on}m${text}\u001b[${off}m`
}

/** Names and messages come from files and from the network; a terminal obeys control characters, so none pass. */
export const plainText = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]/gu, '\uFFFD')

/** Notes a line each, with `of` before them where several models have notes. */
export function noteLines(
  notes: readonly Note[],
  stream: Stream = process.stdout,
  of = '',
): string[] {
  return notes.map(({ level, text }) => {
    const line = `${level === 'warning' ? 'Warning' : 'Note'}: ${of}${plainText(text)}\n`
    return level === 'warning' ? styled('yellow', line, stream) : line
  })
}
