/** Models by their id on the hub. */
import { afterAll, expect, test } from 'vitest'
import { serveHub, usual } from '../import/hub-server.ts'
import { archcost } from './archcost.ts'

const hub = await serveHub({
  ...usual,
  // Never answers.
  'org/slow': () => undefined,
  'org/cut': (_request, response) => response.end('{"model_type": '),
})
afterAll(hub.close)

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

test('one that does not answer is waited for as long as HF_HUB_DOWNLOAD_TIMEOUT says', async () => {
  const { status, err } = await archcost(['cost', 'org/slow'], {
    env: { HF_ENDPOINT: hub.endpoint, HF_HUB_DOWNLOAD_TIMEOUT: '0.2' },
  })
  expect(status).toBe(1)
  expect(err).toContain('did not answer within 0.2 seconds')
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
