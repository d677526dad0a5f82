/** A stream of lines for `archcost batch`: an answer to each, in order, whatever stands in it. */
import * as fc from 'fast-check'
import { answer, longestLine } from '../../../src/cli/batch-line.ts'
import { linesOf } from '../../../src/cli/lines.ts'
import { door } from '../door.ts'
import { changed, changes, printed, type Json } from '../json-changes.ts'
import { configKeys, configs, configTexts, documents } from '../published.ts'
import { changedText, textChanges } from '../text-changes.ts'
import { mustBeNumbers, mustHelp } from '../sound.ts'
import { workload } from './architecture.ts'

const codes = [
  'invalid_json',
  'invalid_config',
  'invalid_architecture',
  'invalid_workload',
  'unsupported',
]

interface Sent {
  text: string
  /** As the line writes it; null where a change may have hit it. */
  id: string | null
}

const id = fc.oneof(
  fc.nat().map(String),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }).map(String),
  fc.string({ unit: 'binary', maxLength: 8 }).map((each) => JSON.stringify(each)),
  fc.constantFrom('null', 'true', '0', '-1', '1.5', '[1,{"a":[]}]', '""'),
)

/** A line that is JSON, with one key after its id that may hold anything. */
const request: fc.Arbitrary<Sent> = fc
  .record({
    id,
    body: fc.oneof(
      fc.constantFrom(...configs).map((config): Json => ({ config, workload })),
      fc.constantFrom(...documents).map((architecture): Json => ({ architecture, workload })),
    ),
    steps: changes(
      ['config', 'architecture', 'workload', ...Object.keys(workload), ...configKeys],
      configTexts,
    ),
  })
  .map(({ id: own, body, steps }) => {
    const text = printed(changed(body, steps))
    // Beside the id stands what a change left of the other keys.
    const deep = steps.some((step) => step.kind === 'nest' && step.times > 100)
    return /^\{.+\}$/s.test(text) && !text.includes('"id":') && !deep
      ? { text: `{"id":${own},${text.slice(1)}`, id: own }
      : { text, id: null }
  })

const line: fc.Arbitrary<Sent> = fc.oneof(
  { weight: 3, arbitrary: request },
  {
    weight: 2,
    arbitrary: fc
      .tuple(request, textChanges(['"id":', '"config":', '"__proto__":', '1e400', '\\u0000']))
      .map(([{ text }, steps]) => ({
        text: changedText(text, steps).replace(/\n/g, ' '),
        id: null,
      })),
  },
  {
    weight: 1,
    arbitrary: fc
      .oneof(fc.string({ unit: 'binary' }), fc.json())
      .map((text) => ({ text: text.replace(/\n/g, ' '), id: null })),
  },
)

export const ndjson = door({
  name: 'ndjson',
  inputs: 100_000,
  input: fc.record({
    lines: fc.array(line, { minLength: 1, maxLength: 4 }),
    /** Bytes that are no UTF-8, put in at a place of the first line. */
    broken: fc.option(fc.tuple(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 3 })), {
      freq: 10,
    }),
    end: fc.constantFrom('\n', '\r\n', '\n\n \n'),
    cuts: fc.array(fc.nat(5000), { maxLength: 3 }),
  }),
  async check({ lines, broken, end, cuts }) {
    const { bytes, sent } = stream(lines, broken, end)
    const answers: string[] = []
    for await (const some of linesOf(pieces(bytes, cuts), longestLine))
      for (const each of some) answers.push(answer(each).text)
    if (answers.length !== sent.length)
      throw new Error(`${sent.length} lines have ${answers.length} answers`)
    answers.forEach((text, index) => mustAnswer(text, sent[index]!))
  },
  show: ({ lines, broken, end }) => stream(lines, broken, end).bytes.toString(),
})

function stream(
  lines: readonly Sent[],
  broken: [number, Uint8Array] | null,
  end: string,
): { bytes: Buffer; sent: Sent[] } {
  const parts = lines.map(({ text }) => Buffer.from(text))
  const sent = [...lines]
  if (broken) {
    const [first] = parts as [Buffer]
    const at = broken[0] % (first.length + 1)
    const odd = broken[1].filter((byte) => byte !== 10)
    parts[0] = Buffer.concat([first.subarray(0, at), odd, first.subarray(at)])
    sent[0] = { text: parts[0].toString(), id: null }
  }
  const bytes = Buffer.concat(parts.flatMap((part) => [part, Buffer.from(end)]))
  return { bytes, sent: sent.filter(({ text }) => text.trim() !== '') }
}

async function* pieces(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0
  for (const cut of [...cuts, bytes.length]) {
    yield bytes.subarray(from, from + cut)
    from += cut
  }
}

function mustAnswer(text: string, { id: own }: Sent): void {
  if (text.includes('\n')) throw new Error('an answer is more than a line')
  if (own !== null && !text.startsWith(`{"id":${own},`))
    throw new Error(`an id comes back as another: ${text.slice(0, 60)} is the answer to ${own}`)
  const { id: _, cost, error, ...rest } = JSON.parse(text) as Record<string, unknown>
  if (Object.keys(rest).length > 0 || (cost === undefined) === (error === undefined))
    throw new Error(`an answer holds ${Object.keys(JSON.parse(text) as object).join(', ')}`)
  if (error === undefined) {
    const { params, flops, bytes_read, cache, activation_bytes } = cost as Record<string, unknown>
    mustBeNumbers({ params, flops, bytes_read, cache, activation_bytes })
    return
  }
  const { code, message } = error as { code: string; message: string }
  if (!codes.includes(code)) throw new Error(`${code} is no code`)
  mustHelp(message)
}
