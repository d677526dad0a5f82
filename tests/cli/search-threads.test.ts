/** Search by threads of the built program: the same for any number, whatever dies, and gone on with after an interruption. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseYaml } from '../../src/formulas/yaml.ts'
import { prepareSearch } from '../../src/engine/ask/search/search.ts'
import { readSpace, type Space } from '../../src/engine/ask/search/space.ts'
import { searchInThreads } from '../../src/cli/search/pool.ts'
import { begun, left, lookedAt, withStretch, type Progress } from '../../src/cli/search/progress.ts'
import { published } from '../engine/ask/architectures.ts'
import { built, isFresh, runProcess } from './archcost.ts'

const folder = mkdtempSync(join(tmpdir(), 'archcost-search-'))
const program = isFresh ? built : join(folder, 'bin/archcost.js')
const text = `
model: llama-3.1-8b
hold: d_head
vary: {n_layers: 16..48, d_model: 1Ki..8Ki:step:512, ffn.d_ff: 2Ki..32Ki:step:1Ki, batch: 1..128:powers, dtype: [bf16, fp8, q4_k]}
constraints: [params.total <= 8e9, memory.bytes <= 24 GiB]
minimise: [flops.decode, bytes_read.decode_cache]
maximise: [params.total]
`
let space: Space

/** Threads are started from the built program, so where that is out of date it is built for them. */
function build(): void {
  const { status, stderr } = spawnSync(
    'node_modules/.bin/vite',
    ['build', '--ssr', '--outDir', join(folder, 'bin'), '--logLevel', 'error'],
    { encoding: 'utf8' },
  )
  expect(stderr).toBe('')
  expect(status).toBe(0)
}

beforeAll(async () => {
  if (!isFresh) build()
  writeFileSync(join(folder, 'space.yaml'), text)
  const { model: _model, ...raw } = parseYaml(text) as Record<string, unknown>
  space = readSpace({ ...raw, architecture: await published('llama-3.1-8b') })
})
afterAll(() => rmSync(folder, { recursive: true }))

const searched = async (...words: string[]): Promise<string> => {
  const { status, out, err } = await runProcess(process.execPath, [
    program,
    'search',
    join(folder, 'space.yaml'),
    '--format',
    'csv',
    ...words,
  ])
  expect(err).toContain('Looked at 368,280 designs')
  expect(status).toBe(0)
  return out
}

let alone: Promise<string> | undefined
/** What one thread finds. */
const byOne = (): Promise<string> => (alone ??= searched('--workers', '1'))

test('any number of threads finds the same', async () => {
  const one = await byOne()
  expect(one.split('\n').length).toBeGreaterThan(10)
  expect(await searched('--workers', '2')).toBe(one)
  expect(await searched('--workers', '5')).toBe(one)
})

test('threads that die lose nothing', async () => {
  const { run, looks } = prepareSearch(space)
  let progress: Progress = begun
  let died = 0
  const alive: Worker[] = []
  await searchInThreads(
    2,
    () => {
      const worker = new Worker(program, { workerData: { search: space, formulas: [] } })
      alive.push(worker)
      return worker
    },
    {
      stretches: left(begun, looks, 5_000),
      stopped: () => false,
      found(stretch, findings) {
        progress = withStretch(progress, stretch, findings)
        // Every so often the oldest dies in the middle of its work.
        if (died >= 8 || lookedAt(progress) < (died + 1) * 30_000) return
        died++
        void alive.shift()!.terminate()
      },
    },
  )
  expect(died).toBe(8)
  expect(progress.done).toEqual([{ from: 0, to: looks }])
  expect(progress.findings).toEqual(run(0, looks))
})

test('interrupted, it keeps its front and goes on from there', async () => {
  const state = join(folder, 'state.json')
  const words = [
    program,
    'search',
    join(folder, 'space.yaml'),
    '--state',
    state,
    '--workers',
    '2',
    '--format',
    'csv',
  ]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.on('data', (each: Buffer) => (out += each.toString()))
  child.stderr.on('data', (each: Buffer) => (err += each.toString()))
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
  // The state is written before the first look, so from then on there is something to interrupt.
  await expect.poll(() => existsSync(state)).toBe(true)
  child.kill('SIGINT')
  const status = await closed
  // On a fast machine all may be done by then; either way the state is good to go on from.
  if (status !== 0) {
    expect([status, out.startsWith('n_layers,')]).toEqual([130, true])
    expect(err).toContain('Interrupted.')
    expect((JSON.parse(readFileSync(state, 'utf8')) as Progress).done).not.toEqual([
      { from: 0, to: 368280 },
    ])
  }
  expect(await searched('--state', state)).toBe(await byOne())
})

test('a state that cannot be written is refused before anything is looked at', async () => {
  const state = join(folder, 'nowhere', 'state.json')
  const { status, out, err } = await runProcess(process.execPath, [
    program,
    'search',
    join(folder, 'space.yaml'),
    '--state',
    state,
  ])
  expect([status, out]).toEqual([1, ''])
  expect(err).toContain(`${state} cannot be written: ENOENT`)
})

test('a state of another search is refused', async () => {
  const state = join(folder, 'other.json')
  writeFileSync(state, JSON.stringify({ space: 'other', done: [], findings: null }))
  const { status, err } = await runProcess(process.execPath, [
    program,
    'search',
    join(folder, 'space.yaml'),
    '--state',
    state,
  ])
  expect([status, err.includes('or is damaged')]).toEqual([1, true])
})
