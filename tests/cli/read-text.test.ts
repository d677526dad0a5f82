import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readText } from '../../src/cli/read-text.ts'
import { archcost, nodeArguments, runProcess } from './archcost.ts'

let folder = ''
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'archcost-read-'))))
afterAll(() => rmSync(folder, { recursive: true }))

const write = (name: string, text: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

test.each([
  ['there is no file', () => join(folder, 'none')],
  ['there is no file', () => join(write('file', 'x'), 'below')],
  ['is a folder; a file is expected', () => folder],
  ['is empty', () => write('empty', ' \n')],
  ['is too long for the name of a file', () => join(folder, 'x'.repeat(5000))],
  [
    'is not UTF-8: byte 1 is 0xff, as in UTF-16; save it as UTF-8',
    () => write('wide', Buffer.from('\uFEFF{}', 'utf16le')),
  ],
  ['is not UTF-8: byte 5 is 0x93', () => write('binary', Buffer.from([71, 71, 85, 70, 0x93]))],
])('%s', async (message, path) => {
  await expect(readText(path())).rejects.toThrow(message)
})

test('a file of any size is refused after 64 MiB', async () => {
  const path = write('huge', '')
  truncateSync(path, 2 ** 40)
  await expect(readText(path)).rejects.toThrow('is larger than 64 MiB')
})

test('a file that may not be read', async () => {
  const path = write('secret', '{}')
  chmodSync(path, 0)
  // Nothing is forbidden to the administrator, who reads as nobody here.
  const is_administrator = process.getuid?.() === 0
  if (is_administrator) process.seteuid!('nobody')
  try {
    await expect(readText(path)).rejects.toThrow('may not be read; its permissions forbid it')
  } finally {
    if (is_administrator) process.seteuid!(0)
  }
})

test('text is read as it stands', async () => {
  expect(await readText(write('text', '\uFEFF{"é": "\uFFFD"}'))).toBe('\uFEFF{"é": "\uFFFD"}')
})

const isFolder = {
  status: 1,
  out: '',
  err: 'archcost: standard input is a folder; a file is expected\n',
}

test.each([['cost', '-'], ['import', '-'], ['batch'], ['search', '-']])(
  'a folder is no standard input of %j',
  async (...words) => {
    const fd = openSync(folder, 'r')
    // What Node makes of a folder is a stream without a byte.
    const stdin = Object.assign(Readable.from([]), { fd })
    expect(await archcost(words, { stdin })).toEqual(isFolder)
    closeSync(fd)
  },
)

test('nor is it of a process', async () => {
  mkdirSync(join(folder, 'below'), { recursive: true })
  const run = `exec "$0" "$@" < '${folder}/below'`
  const words = ['-c', run, process.execPath, ...nodeArguments, 'cost', '-']
  expect(await runProcess('sh', words)).toEqual(isFolder)
})

test('standard input is one model, not two', async () => {
  const input = '{"model_type": "gpt2"}'
  expect(await archcost(['compare', '-', '-'], { input })).toMatchObject({
    status: 1,
    err: 'archcost: standard input is read once; - cannot stand twice\n',
  })
  expect(await archcost(['cost', '-'])).toMatchObject({
    status: 1,
    err: 'archcost: standard input is empty\n',
  })
})
