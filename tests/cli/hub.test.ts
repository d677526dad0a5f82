/** Models by their id on the hub, in a process of its own. */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { archcost } from './archcost.ts'

const config = {
  model_type: 'llama',
  hidden_size: 64,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  intermediate_size: 128,
  vocab_size: 100,
}

const answers: Record<string, RequestListener> = {
  'org/found': (_request, response) => response.end(JSON.stringify(config)),
  'org/gated': ({ headers }, response) => {
    if (headers.authorization === 'Bearer secret') response.end(JSON.stringify(config))
    else response.writeHead(401).end('Access is restricted')
  },
  'org/cut': (_request, response) => response.end('{"model_type": '),
}

let server: Server
let hub: { endpoint: string }

beforeAll(async () => {
  server = createServer((request, response) => {
    const id = request.url!.replace(/^\//, '').replace('/resolve/main/config.json', '')
    const answer = answers[id]
    if (answer) answer(request, response)
    else response.writeHead(404).end('Repository not found')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  hub = { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
})
afterAll(() => void server.close())

test('an id is fetched from where HF_ENDPOINT says, and names the model', async () => {
  const { status, out } = await archcost(['cost', 'org/found', '--format', 'json'], {
    env: { HF_ENDPOINT: `${hub.endpoint}/` },
  })
  expect(status).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ name: 'org/found', model_type: 'llama' })
})

test('HF_TOKEN is handed over', async () => {
  const { status } = await archcost(['cost', 'org/gated'], {
    env: { HF_ENDPOINT: hub.endpoint, HF_TOKEN: 'secret' },
  })
  expect(status).toBe(0)
})

test('JSON that is cut off is an error of one line', async () => {
  const { status, err } = await archcost(['cost', 'org/cut'], {
    env: { HF_ENDPOINT: hub.endpoint },
  })
  expect(status).toBe(1)
  expect(err).toMatch(/^archcost: org\/cut is not JSON: .*\n$/)
})

test('an id that the catalogue has needs no network, and names have letters of either case', async () => {
  const env = { HF_ENDPOINT: 'http://127.0.0.1:9' }
  for (const word of ['meta-llama/Llama-3.1-8B', 'META-LLAMA/llama-3.1-8b', 'Llama-3.1-8B']) {
    const { status, out } = await archcost(['cost', word, '--format', 'json'], { env })
    expect(status).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ name: 'llama-3.1-8b' })
  }
  const { out } = await archcost(['cost', 'Qwen/Qwen3-8B', '--format', 'json'], { env })
  expect(JSON.parse(out)).toMatchObject({ name: 'qwen3-8b' })
})
