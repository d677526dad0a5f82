/** Fetching a config by name, against a server that answers as the hub does, well and badly. */
import { setTimeout } from 'node:timers/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { pageHub } from '../../src/app/import/page-hub.ts'
import { fetchTensors } from '../../src/import/hub-checkpoint.ts'
import { fetchConfig, HubError, readHubName, type Hub } from '../../src/import/hub.ts'
import { config, serveHub, usual } from './hub-server.ts'

const server = await serveHub({
  ...usual,
  'org/forbidden': (_request, response) => response.writeHead(403).end(),
  'org/broken': (_request, response) => response.writeHead(503).end(),
  'org/busy': (_request, response) => response.writeHead(429).end(),
  'org/moved': (_request, response) =>
    response.writeHead(307, { location: '/org/found/resolve/main/config.json' }).end(),
  'org/page': (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>'),
  'org/list': (_request, response) => response.end('[1]'),
  'org/cut': (_request, response) => {
    response.writeHead(200, { 'content-length': 1000 }).write('{')
    void setTimeout(20).then(() => response.destroy())
  },
  'org/long': (_request, response) => {
    response.writeHead(200, { 'content-length': 9_000_000 })
    response.end('{'.padEnd(9_000_000))
  },
  // Says nothing of its length, and never ends of itself.
  'org/endless': (_request, response) => {
    const more = (): void => void (response.destroyed || response.write('{'.padEnd(65536), more))
    more()
  },
  'org/silent': () => undefined,
})
const hub: Hub = {
  endpoint: server.endpoint,
  patience_seconds: 1,
  fetch,
  sleep: (milliseconds, signal) => setTimeout(milliseconds, null, { signal }),
  instead: 'give a file',
  to_open: 'set HF_TOKEN',
}
afterAll(server.close)

test('finds a config, through a redirection too', async () => {
  expect(JSON.parse(await fetchConfig('org/found', hub))).toEqual(config)
  expect(JSON.parse(await fetchConfig('org/moved', hub))).toEqual(config)
})

test('patience ends where a body never does, be it of a config or of headers', async () => {
  const endless = () => new ReadableStream({ start: (to) => to.enqueue(Buffer.from('{')) })
  const stuck: Hub = { ...hub, fetch: () => Promise.resolve(new Response(endless())) }
  const late = 'did not answer within 1 seconds'
  await expect(fetchConfig('org/name', stuck)).rejects.toThrow(late)
  await expect(fetchTensors('org/name', stuck)).rejects.toThrow(late)
})

test.each([
  ['org/name', 'org/name', 'main'],
  ['https://huggingface.co/org/name', 'org/name', 'main'],
  [' https://huggingface.co/org/name/ ', 'org/name', 'main'],
  ['http://www.huggingface.co/org/name?library=vllm#use', 'org/name', 'main'],
  ['hf.co/org/name/discussions/3', 'org/name', 'main'],
  ['https://huggingface.co/org/name/blob/v1.2/config.json', 'org/name', 'v1.2'],
  ['https://hub.example/org/name/tree/abc123', 'org/name', 'abc123'],
])('%s names a model on the hub', (text, id, revision) => {
  expect(readHubName(text, 'https://hub.example')).toEqual({ id, revision })
})

test.each([
  'name', 'a/b/c', 'https://huggingface.co/', 'https://huggingface.co/datasets/org/name', 'https://huggingface.co/spaces/org/name',
  'https://elsewhere.example/org/name', 'https://huggingface.co.elsewhere.example/org/name', '{"model_type": "llama"}', '',
])('%s names none', (text) => {
  expect(readHubName(text, 'https://hub.example')).toBeNull()
}) // prettier-ignore

test('a token opens what is gated', async () => {
  expect(JSON.parse(await fetchConfig('org/gated', { ...hub, token: 'secret' }))).toEqual(config)
})

describe('what fails is said, with what to do', () => {
  test.each([
    ['org/missing', 'the hub has no config.json for org/missing; check the name, or give a file'],
    ['org/gated', 'org/gated is gated, private or does not exist; check the name, or set HF_TOKEN'],
    ['org/forbidden', 'org/forbidden is gated'],
    ['org/broken', 'the hub answers with status 503'],
    ['org/busy', 'the hub asks for patience'],
    ['org/page', 'is not a JSON object but text/html'],
    ['org/list', 'is not a JSON object'],
    ['org/long', 'is larger than 4 MiB'],
    ['org/endless', 'is larger than 4 MiB'],
    ['org/cut', 'cannot be reached'],
    ['org/silent', 'did not answer within 1 seconds'],
    ['no-slash', 'is no id of the hub'],
    ['a/../../etc', 'is no id of the hub'],
  ])('%s', async (id, message) => {
    await expect(fetchConfig(id, hub)).rejects.toThrow(message)
    await expect(fetchConfig(id, hub)).rejects.toBeInstanceOf(HubError)
  })

  test('a token that does not help', async () => {
    await expect(fetchConfig('org/forbidden', { ...hub, token: 'wrong' })).rejects.toThrow(
      'the token in HF_TOKEN may not read it',
    )
  })

  test('no network', async () => {
    const nowhere = { ...hub, endpoint: await closedEndpoint() }
    await expect(fetchConfig('org/found', nowhere)).rejects.toThrow(
      `${nowhere.endpoint} cannot be reached (ECONNREFUSED); give a file`,
    )
  })
})

/** Where a server has been, and no one answers any more. */
async function closedEndpoint(): Promise<string> {
  const gone = createServer()
  await new Promise<void>((listening) => gone.listen(0, '127.0.0.1', listening))
  const { port } = gone.address() as AddressInfo
  await new Promise((closed) => gone.close(closed))
  return `http://127.0.0.1:${port}`
}

test('the page sends no cookies, and reads what the command line reads', async () => {
  const page = pageHub(hub.endpoint)
  expect(JSON.parse(await fetchConfig('org/found', page))).toEqual(config)
  await expect(fetchConfig('org/gated', page)).rejects.toThrow('paste its config.json')
})
