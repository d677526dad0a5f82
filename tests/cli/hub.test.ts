import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CommandError } from '../../src/cli/errors.ts'
import { fetchConfig, type Hub } from '../../src/cli/hub.ts'
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
  'org/forbidden': (_request, response) => response.writeHead(403).end(),
  'org/broken': (_request, response) => response.writeHead(503).end(),
  'org/busy': (_request, response) => response.writeHead(429).end(),
  'org/moved': (_request, response) =>
    response.writeHead(307, { location: '/org/found/resolve/main/config.json' }).end(),
  'org/page': (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>'),
  'org/list': (_request, response) => response.end('[1]'),
  'org/cut': (_request, response) => response.end('{"model_type": '),
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
}

let server: Server
let hub: Hub

beforeAll(async () => {
  server = createServer((request, response) => {
    const id = request.url!.replace(/^\//, '').replace('/resolve/main/config.json', '')
    const answer = answers[id]
    if (answer) answer(request, response)
    else response.writeHead(404).end('Repository not found')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  hub = { endpoint: `http://127.0.0.1:${port}`, timeoutSeconds: 1, maxBytes: 4 * 1024 * 1024 }
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('finds a config, through a redirection too', async () => {
  expect(JSON.parse(await fetchConfig('org/found', hub))).toEqual(config)
  expect(JSON.parse(await fetchConfig('org/moved', hub))).toEqual(config)
})

test('a token opens what is gated', async () => {
  expect(JSON.parse(await fetchConfig('org/gated', { ...hub, token: 'secret' }))).toEqual(config)
})

describe('what fails is said, with what to do', () => {
  test.each([
    ['org/missing', 'the hub has no config.json for org/missing; check the name'],
    [
      'org/gated',
      'org/gated is gated, private or does not exist; check the name, or accept its terms on the hub and set HF_TOKEN',
    ],
    ['org/forbidden', 'org/forbidden is gated'],
    ['org/broken', 'the hub answers with status 503'],
    ['org/busy', 'the hub asks for patience'],
    ['org/page', 'is not a JSON object but text/html'],
    ['org/list', 'is not a JSON object'],
    ['org/long', 'is larger than 4 MiB'],
    ['org/endless', 'is larger than 4 MiB'],
    ['org/silent', 'did not answer within 1 seconds'],
  ])('%s', async (id, message) => {
    await expect(fetchConfig(id, hub)).rejects.toThrow(message)
    await expect(fetchConfig(id, hub)).rejects.toBeInstanceOf(CommandError)
  })

  test('a token that does not help', async () => {
    await expect(fetchConfig('org/forbidden', { ...hub, token: 'wrong' })).rejects.toThrow(
      'the token in HF_TOKEN may not read it',
    )
  })

  test('no network', async () => {
    const nowhere = { ...hub, endpoint: await closedEndpoint() }
    await expect(fetchConfig('org/found', nowhere)).rejects.toThrow(
      `${nowhere.endpoint} cannot be reached (ECONNREFUSED); org/found needs the network`,
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

describe('from the command line', () => {
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

  test('where the hub fails, the catalogue is named if it has the model', async () => {
    const { status, err } = await archcost(['cost', 'meta-llama/Llama-3.1-8B'], {
      env: { HF_ENDPOINT: hub.endpoint },
    })
    expect(status).toBe(1)
    expect(err).toContain('the catalogue has this model as llama-3.1-8b')
  })
})
