/** Fetching a config by name, against a server that answers as the hub does, well and badly. */
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fetchConfig } from '../../src/app/import/hub.ts'

const answers: Record<string, (response: ServerResponse) => void> = {
  '/good/model/resolve/main/config.json': (response) => response.end('{"model_type": "llama"}'),
  '/gated/model/resolve/main/config.json': (response) =>
    response.writeHead(401).end('Access denied'),
  '/busy/model/resolve/main/config.json': (response) => response.writeHead(429).end(),
  '/broken/model/resolve/main/config.json': (response) => response.writeHead(500).end(),
  '/page/model/resolve/main/config.json': (response) => response.end('<!doctype html>'),
  '/cut/model/resolve/main/config.json': (response) => {
    response.writeHead(200, { 'content-length': 1000 }).write('{')
    setTimeout(() => response.destroy(), 20)
  },
  '/huge/model/resolve/main/config.json': (response) => {
    response.write('{')
    for (let part = 0; part < 6; part++) response.write(' '.repeat(1024 * 1024))
    response.end('}')
  },
}

let server: Server
let endpoint = ''

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    const answer = answers[url]
    if (answer) answer(response)
    else response.writeHead(404).end('Not found')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => void server.close())

test('a model that is there comes as its text', async () => {
  expect(await fetchConfig('good/model', endpoint)).toBe('{"model_type": "llama"}')
})

test.each([
  ['missing/model', /no config\.json for missing\/model/],
  ['gated/model', /gated, private or does not exist/],
  ['busy/model', /patience/],
  ['broken/model', /status 500/],
  ['page/model', /not a JSON object/],
  ['huge/model', /too large/],
  ['cut/model', /cannot be reached\. Paste the config\.json instead/],
  ['no-slash', /no id of the hub/],
  ['a/../../etc', /no id of the hub/],
])('%s is refused in words', async (id, words) => {
  await expect(fetchConfig(id, endpoint)).rejects.toThrow(words)
})

test('a hub out of reach is named, with what else to do', async () => {
  await expect(fetchConfig('good/model', 'http://127.0.0.1:9')).rejects.toThrow(
    /cannot be reached\. Paste the config\.json instead/,
  )
})
