import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readText } from '../../src/cli/read-text.ts'
import { archcost, nodeArguments } from './archcost.ts'

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

test.each([['cost', '-'], ['import', '-'], ['batch'], ['search', '-']])(
  'a folder is no standard input of %j',
  async (...words) => {
    mkdirSync(join(folder, 'below'), { recursive: true })
    const ran = await new Promise((resolve) =>
      execFile(
        'sh',
        ['-c', `exec "$0" "$@" < '${folder}/below'`, process.execPath, ...nodeArguments, ...words],
        (error, out, err) => resolve({ status: error?.code ?? 0, out, err }),
      ),
    )
    expect(ran).toEqual({
      status: 1,
      out: '',
      err: 'archcost: standard input is a folder; a file is expected\n',
    })
  },
)

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
