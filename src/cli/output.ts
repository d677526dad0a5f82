/** Standard output and error: nothing invisible passes, colour only for people, and what cannot be written is said. */
import { fstatSync, writeSync } from 'node:fs'
import type { Note } from '../import/report.ts'
import { CommandError, ReaderEnded } from './errors.ts'
import { surroundings, type Output } from './surroundings.ts'
import { visible, visibleLines } from './visible.ts'

/**
 * Writes to standard output and waits where the reader is slower.
 * @throws ReaderEnded where nobody reads it any more
 * @throws CommandError where it cannot be written, or not all of it
 */
export async function print(text: string): Promise<void> {
  try {
    await write(Buffer.from(shown(text)))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EPIPE') throw new ReaderEnded()
    const reason = code === 'ENOSPC' ? 'no space is left' : message
    throw new CommandError(`standard output cannot be written: ${reason}`)
  }
}

let failedToSay = false

/** Writes to standard error. */
export function say(text: string): void {
  surroundings().stderr.write(shown(text))
}

/** Writes over what the last call wrote, where standard error is a terminal. */
export function sayInPlace(text: string): void {
  const { stderr } = surroundings()
  if (stderr.isTTY) stderr.write(`\r\u001b[K${visible(text)}`)
}

/** To be called once: keeps a stream that cannot be written from ending the program with a stack trace. */
export function watchOutput(): void {
  // `print` learns of it where it waits.
  process.stdout.on('error', () => undefined)
  process.stderr.on('error', () => (failedToSay = true))
  process.on('exit', () => {
    if (failedToSay) process.exitCode ||= 1
  })
}

function write(bytes: Uint8Array): Promise<void> {
  const { stdout } = surroundings()
  const { fd } = stdout
  return new Promise((resolve, reject) => {
    if (fd !== undefined && fstatSync(fd).isFile()) {
      // The stream takes a write of the first few bytes, all that a full disk had room for, to be one of all.
      for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at)
      resolve()
    } else stdout.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}

const codes = {
  plain: [0, 0],
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
} as const

/** Stands for the escape character of a colour until it is printed. Drawn anew in each run, so no input can hold it. */
const colour = `${Math.random()}${Math.random()}`

const shown = (text: string): string => visibleLines(text).replaceAll(colour, '\u001b')

/** Colours text for a stream that is a terminal, unless NO_COLOR is set. */
export function styled(
  style: keyof typeof codes,
  text: string,
  stream: Pick<Output, 'isTTY'> = surroundings().stdout,
): string {
  const { env } = surroundings()
  if (
    style === 'plain' ||
    stream.isTTY !== true ||
    (env['NO_COLOR'] ?? '') !== '' ||
    env['TERM'] === 'dumb'
  )
    return text
  const [on, off] = codes[style]
  return `${colour}[${on}m${text}${colour}[${off}m`
}

/** Notes a line each, with `of` before them where several models have notes. */
export function noteLines(
  notes: readonly Note[],
  stream: Pick<Output, 'isTTY'> = surroundings().stdout,
  of = '',
): string[] {
  return notes.map(({ level, text }) => {
    const line = `${level === 'warning' ? 'Warning' : 'Note'}: ${of}${visible(text)}\n`
    return level === 'warning' ? styled('yellow', line, stream) : line
  })
}
