import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { nodeArguments } from './archcost.ts'

const config = {
  model_type: 'llama',
  hidden_size: 64,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  intermediate_size: 128,
  vocab_size: 100,
}
const line = (id: number): string => `${JSON.stringify({ id, config })}\n`

test('answers as soon as it is asked, so that a program may wait for each', async () => {
  const child = spawn(process.execPath, [...nodeArguments, 'batch'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  for (let id = 0; id < 3; id++) {
    child.stdin.write(line(id))
    const [answer] = (await once(child.stdout, 'data')) as [Buffer]
    expect(JSON.parse(answer.toString())).toMatchObject({ id })
  }
  child.stdin.end()
  expect(await once(child, 'close')).toEqual([0, null])
})

test('memory does not grow with the number of lines', async () => {
  // With a heap this small, 10,000 answers (30 MB) cannot be held.
  const child = spawn(process.execPath, ['--max-old-space-size=64', ...nodeArguments, 'batch'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let [bytes, lines] = [0, 0]
  child.stdout.on('data', (data: Buffer) => {
    bytes += data.byteLength
    for (const byte of data) if (byte === 10) lines++
  })
  for (let id = 0; id < 10_000; id++)
    if (!child.stdin.write(line(id))) await once(child.stdin, 'drain')
  child.stdin.end()
  expect(await once(child, 'close')).toEqual([0, null])
  expect(lines).toBe(10_000)
  expect(bytes).toBeGreaterThan(10_000_000)
})

test('a reader that has seen enough ends it without a word, with the status that shells give to SIGPIPE', async () => {
  const child = spawn(process.execPath, [...nodeArguments, 'batch'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let err = ''
  child.stderr.on('data', (data: Buffer) => (err += data.toString()))
  child.stdin.on('error', () => undefined)
  child.stdin.write(line(1))
  await once(child.stdout, 'data')
  child.stdout.destroy()
  for (let id = 0; id < 100; id++) child.stdin.write(line(id))
  child.stdin.end()
  expect(await once(child, 'close')).toEqual([141, null])
  expect(err).toBe('')
})
