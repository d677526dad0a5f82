/** What the hub, or whatever stands in its place, answers: a model, or what is wrong and what to do. */
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { pageHub } from '../../../src/app/import/page-hub.ts'
import { slotFromText } from '../../../src/app/import/read.ts'
import { findModel } from '../../../src/cli/model-source.ts'
import { ArchcostError, evaluate, prepare } from '../../../src/engine/index.ts'
import { fetchConfig, HubError } from '../../../src/import/hub.ts'
import { door } from '../door.ts'
import { changed, changes, printed } from '../json-changes.ts'
import { configKeys, configs, configTexts } from '../published.ts'
import { mustBeClear, mustBeCost, mustHelp } from '../sound.ts'
import { changedText, textChanges } from '../text-changes.ts'

interface Answer {
  status: string
  headers: readonly string[]
  length: 'said' | 'too-long' | 'too-short' | 'absent' | 'chunked'
  body: Uint8Array
  /** How much of it is sent before the line goes dead, of 1. */
  share: number
}

const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024, 32))

const text = fc
  .tuple(fc.constantFrom(...configs), changes(configKeys, configTexts))
  .map(([config, steps]) => printed(changed(config, steps)))
const body: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 4, arbitrary: text.map((each) => Buffer.from(each)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(text, textChanges())
      .map(([each, steps]) => Buffer.from(changedText(each, steps))),
  },
  fc
    .constantFrom('', ' ', '<!doctype html><p>', '[1]', 'null', '{', '{}', '\uFEFF{}')
    .map((each) => Buffer.from(each)),
  fc.uint8Array({ maxLength: 200 }),
  fc.constant(gzipSync('{"model_type": "llama"}')),
)

/** Answers every request with what is tried. */
let answer: Answer | null = null
let endpoint = ''
/** Seconds. */
const patience = 0.5

export const hub = door<Answer>({
  name: 'hub',
  inputs: 10_000,
  input: fc.record({
    status: fc.oneof(
      { weight: 4, arbitrary: fc.constant('200 OK') },
      fc.constantFrom(
        '204 No Content',
        '206 Partial',
        '301 Moved',
        '302 Found',
        '307 Moved',
        '304 Not Modified',
      ),
      fc.constantFrom(
        '401 No',
        '403 No',
        '404 No',
        '429 Wait',
        '500 Broken',
        '503 Busy',
        '999 What',
        '99',
        'x',
        '',
      ),
    ),
    headers: fc.subarray([
      'content-type: application/json',
      'content-type: text/html; charset=utf-16',
      'content-encoding: gzip',
      'content-encoding: unheard',
      'location: /org/name/resolve/main/config.json',
      'location: http://[',
      'location: file:///etc/hostname',
      'set-cookie: a=b',
      'x: '.padEnd(20_000, 'x'),
      'no colon',
    ]),
    length: fc.constantFrom('said', 'said', 'said', 'too-long', 'too-short', 'absent', 'chunked'),
    body: fc.oneof({ weight: 60, arbitrary: body }, { weight: 1, arbitrary: fc.constant(bomb) }),
    share: fc.oneof(
      { weight: 4, arbitrary: fc.constant(1) },
      fc.double({ min: 0, max: 1, noNaN: true }),
    ),
  }),
  async check(given) {
    answer = given
    try {
      mustBeCost(evaluate(prepare((await findModel('org/name')).architecture)))
    } catch (error) {
      mustBeClear(error)
    }
    try {
      const { model } = slotFromText(
        await fetchConfig('org/name', { ...pageHub(endpoint), patience_seconds: patience }),
        'name',
        'A',
      )
      mustBeCost(evaluate(model))
    } catch (error) {
      // The page shows the words of whatever is thrown.
      const plain =
        [ArchcostError, HubError].some((kind) => error instanceof kind) ||
        (error as Error).constructor === Error
      if (!plain) throw error
      mustHelp((error as Error).message)
    }
  },
  show: (given) => bytesOf(given).toString('latin1'),
  async open() {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => socket.end(bytesOf(answer!)))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const { HF_ENDPOINT, HF_HUB_DOWNLOAD_TIMEOUT } = process.env
    // Answers that never end are many.
    Object.assign(process.env, { HF_ENDPOINT: endpoint, HF_HUB_DOWNLOAD_TIMEOUT: patience })
    return async () => {
      for (const [name, before] of Object.entries({ HF_ENDPOINT, HF_HUB_DOWNLOAD_TIMEOUT }))
        if (before === undefined) delete process.env[name]
        else process.env[name] = before
      server.close()
      await once(server, 'close')
    }
  },
})

function bytesOf({ status, headers, length, body: all, share }: Answer): Buffer {
  const said = {
    said: [`content-length: ${all.length}`],
    'too-long': ['content-length: 9000000'],
    'too-short': [`content-length: ${Math.floor(all.length / 2)}`],
    absent: [],
    chunked: ['transfer-encoding: chunked'],
  }[length]
  const head = [`HTTP/1.1 ${status}`, 'connection: close', ...headers, ...said, '', ''].join('\r\n')
  const chunk = length === 'chunked' ? `${all.length.toString(16)}\r\n` : ''
  const end = length === 'chunked' ? '\r\n0\r\n\r\n' : ''
  const whole = Buffer.concat([Buffer.from(head + chunk), all, Buffer.from(end)])
  return whole.subarray(0, Math.ceil(whole.length * share))
}
