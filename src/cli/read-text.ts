/** Reads the text that a person names: a file, or - for standard input. Every command reads texts by it. */
import { fstatSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { CommandError } from './errors.ts'
import { surroundings } from './surroundings.ts'
import { readUtf8 } from './utf8.ts'

/** Beyond any config.json, formula file, and index of a checkpoint. */
const largest = 64 * 1024 * 1024

/** What a file, or standard input, is called in messages. */
export const nameOf = (path: string): string => (path === '-' ? 'standard input' : path)

/** What stands at a path; null where nothing does. */
export async function kindOfPath(path: string): Promise<'file' | 'folder' | null> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file'
  } catch {
    return null
  }
}

/** @throws CommandError where there is no such file, it may not be read, is a folder, empty, too large or not UTF-8 */
export async function readText(path: string): Promise<string> {
  const name = nameOf(path)
  const read = readUtf8(await readBytes(path, name), name)
  if ('mistake' in read) throw new CommandError(read.mistake)
  if (read.text.trim() === '') throw new CommandError(`${name} is empty`)
  return read.text
}

/** @throws CommandError where it is a folder, or has been read before */
export function standardInput(): AsyncIterable<Buffer> {
  const { stdin } = surroundings()
  // Node takes a folder for an input without a byte.
  if (stdin.fd !== undefined && fstatSync(stdin.fd).isDirectory())
    throw new CommandError('standard input is a folder; a file is expected')
  if (stdin.readableEnded)
    throw new CommandError('standard input is read once; - cannot stand twice')
  return stdin
}

async function readBytes(path: string, name: string): Promise<Buffer> {
  try {
    return await atMost(largest, path === '-' ? standardInput() : await fileStream(path), name)
  } catch (error) {
    if (error instanceof CommandError) throw error
    throw new CommandError(reason(error as NodeJS.ErrnoException, name))
  }
}

const fileStream = async (path: string): Promise<AsyncIterable<Buffer>> =>
  (await open(path)).createReadStream()

async function atMost(bytes: number, parts: AsyncIterable<Buffer>, name: string): Promise<Buffer> {
  const held: Buffer[] = []
  let size = 0
  for await (const part of parts) {
    size += part.byteLength
    if (size > bytes)
      throw new CommandError(
        `${name} is larger than ${bytes / 1024 / 1024} MiB, too large for what is read here`,
      )
    held.push(part)
  }
  return Buffer.concat(held)
}

function reason({ code, message }: NodeJS.ErrnoException, name: string): string {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `there is no file ${name}`
    case 'EISDIR':
      return `${name} is a folder; a file is expected`
    case 'EACCES':
    case 'EPERM':
      return `${name} may not be read; its permissions forbid it`
    case 'ENAMETOOLONG':
      return `${name.slice(0, 40)}… is too long for the name of a file`
    default:
      return `${name} cannot be read: ${message}`
  }
}
