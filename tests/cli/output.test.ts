import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { commands } from '../../src/cli/run.ts'
import { visible, visibleLines } from '../../src/cli/visible.ts'
import { archcost, nodeArguments } from './archcost.ts'

const document = (name: string): string =>
  JSON.stringify({
    name,
    d_model: 64,
    max_context: 100,
    stacks: [
      {
        role: 'decoder',
        n_layers: 2,
        input: [{ block: 'token-embedding', vocab_size: 100 }],
        layer: [{ name: 'mixer', block: 'attention', n_heads: 4 }],
        output: [{ block: 'output-head', tied: true }],
      },
    ],
  })

/** A command of each kind that writes to standard output when all is well. */
const writes: Record<string, { words: string[]; input?: string }> = {
  cost: { words: ['gpt2'] },
  explain: { words: ['gpt2', 'params.total'] },
  batch: { words: [], input: '{"id": 1}\n' },
  import: { words: ['gpt2'] },
  dictionary: { words: [] },
  catalog: { words: [] },
  compare: { words: ['gpt2', 'gpt2'] },
  sweep: { words: ['gpt2', '--over', 'batch=1,2'] },
  solve: { words: ['gpt2', '--vary', 'n_layers', '--target', 'params.total=1e9'] },
  counterpart: { words: ['mixtral-8x7b', '--dense'] },
  fit: { words: ['gpt2'] },
  size: { words: ['--params', '1B', '--layers', '16'] },
  sensitivity: { words: ['gpt2', 'params.total'] },
  search: {
    words: ['-'],
    input: '{"model": "gpt2", "vary": {"n_layers": [2, 4]}, "minimise": "params.total"}',
  },
  transform: { words: ['gpt2', 'depth-up-scaling:m=4'] },
  verify: { words: ['--help'] },
  schema: { words: [] },
  check: { words: ['formulas/mixers/attention.yaml'] },
}

/** Runs it with standard output on a device that has no room. */
async function onFullDisk(
  words: readonly string[],
  input: string,
): Promise<{ status: unknown; err: string }> {
  const full = openSync('/dev/full', 'w')
  const child = spawn(process.execPath, [...nodeArguments, ...words], {
    stdio: ['pipe', full, 'pipe'],
  })
  closeSync(full)
  let err = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (err += text))
  child.stdin!.on('error', () => undefined)
  child.stdin!.end(input)
  const [status] = (await once(child, 'close')) as [number]
  return { status, err }
}

const noRoom = 'archcost: standard output cannot be written: no space is left\n'

/** A stream that fails as the one of a process does whose disk is full. */
function withoutRoom(): Writable {
  const stream = new Writable({
    write: (_part, _encoding, done) =>
      done(Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' })),
  })
  return stream.on('error', () => undefined)
}

test.each(Object.keys(commands))('%s says that a full disk holds no answer', async (name) => {
  const { words, input = '' } = writes[name]!
  const { status, err } = await archcost([name, ...words], { input, stdout: withoutRoom() })
  expect(err.endsWith(noRoom)).toBe(true)
  expect(err).not.toMatch(/ at .*:\d+:\d+/)
  expect(status).toBe(1)
})

test.each(['--help', '--version', 'help'])('so does %s', async (word) => {
  expect(await archcost([word], { stdout: withoutRoom() })).toEqual({
    status: 1,
    out: '',
    err: noRoom,
  })
})

test.each([
  { words: ['cost', 'gpt2'], input: '' },
  { words: ['batch'], input: '{"id": 1}\n' },
  { words: ['--version'], input: '' },
])('a process on a full disk ends in status 1: $words', async ({ words, input }) => {
  expect(await onFullDisk(words, input)).toEqual({ status: 1, err: noRoom })
})

test('an answer of which a file holds only the beginning is no success', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'archcost-')), 'schema.json')
  const run = `ulimit -f 16; exec "$0" "$@" > '${file}'`
  const words = [process.execPath, ...nodeArguments, 'schema']
  const { code, err } = await new Promise<{ code: unknown; err: string }>((resolve) =>
    execFile('sh', ['-c', run, ...words], (error, _, stderr) =>
      resolve({ code: error?.code ?? 0, err: stderr }),
    ),
  )
  expect(statSync(file).size).toBe(16 * 512)
  expect(err).toMatch(/^archcost: standard output cannot be written: EFBIG: file too large.*\n$/)
  expect(code).toBe(1)
})

test('standard error that cannot be written ends in status 1', async () => {
  const full = openSync('/dev/full', 'w')
  const child = spawn(process.execPath, [...nodeArguments, 'import', '-'], {
    stdio: ['pipe', 'ignore', full],
  })
  closeSync(full)
  child.stdin!.end('{"model_type": "gpt2"}')
  expect(await once(child, 'close')).toEqual([1, null])
})

test('what cannot be seen is shown as the escape that JSON has for it', () => {
  expect(visible('a\u202eb\u200b\u001b[31m\u{e0041}\u00ad\ufe0f\ud800\n')).toBe(
    String.raw`a\u202eb\u200b\u001b[31m\udb40\udc41\u00ad\ufe0f\ud800\u000a`,
  )
  expect(visibleLines('née 文書 🦙\n\r\n')).toBe('née 文書 🦙\n\\u000d\n')
})

const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
const odd = 'ok\u202egnp.exe\u001b]0;x\u0007\u200b\nwarning'

const printing = [
  ['cost', '-'],
  ['cost', '-', '--format', 'markdown'],
  ['compare', '-', 'gpt2'],
  ['counterpart', '-', '--crossing', 'gpt2'],
  ['explain', '-', `params.${odd}`],
  ['cost', `${odd}.json`],
  [odd],
  ['cost', `--${odd}`],
  ['check', odd],
]
const titled = printing.map((words) => ({ title: visible(words.join(' ')), words }))

test.each(titled)('no name changes what the terminal does: $title', async ({ words }) => {
  const { out, err } = await archcost(words, { input: document(odd) })
  expect((out + err).replaceAll('\n', '')).not.toMatch(unseen)
  expect(out + err).toContain(String.raw`\u202e`)
  expect(out + err).not.toMatch(/^warning/m)
})

test('a name with escapes is still the same name in JSON', async () => {
  const { out } = await archcost(['import', '-'], { input: document(odd) })
  expect(out).toContain(String.raw`\u202e`)
  expect(JSON.parse(out)).toMatchObject({ name: odd })
})
