/** Words after `archcost`: an answer, or one sentence that says what to do. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { commands, run } from '../../../src/cli/run.ts'
import { within } from '../../../src/cli/surroundings.ts'
import { surroundingsOf } from '../../cli/archcost.ts'
import { writeSafetensors } from '../../cli/safetensors-file.ts'
import { ggufBytes, model } from '../../import/gguf/write.ts'
import { door } from '../door.ts'
import { mustBeClear } from '../sound.ts'
import { changedText, textChanges, type TextChange } from '../text-changes.ts'

const config = JSON.stringify({
  model_type: 'llama',
  hidden_size: 64,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  intermediate_size: 128,
  vocab_size: 100,
})

/** The words of the examples that the commands' own help shows, and of calls beside them. */
const calls: string[][] = [
  ...(
    await Promise.all(
      Object.values(commands).map(async ({ load }) => (await load()).command.examples),
    )
  ).flatMap((examples) => examples.flatMap(({ run: line }) => wordsOf(line))),
  ...[
    'cost config.json checkpoint model.gguf - --format json',
    'cost org/name',
    'verify checkpoint --format json',
    'search space.yaml --format csv --limit 3',
    'check own.yaml',
    'batch',
    'explain - params.total --format json',
    'help cost',
    '--version',
  ].map((line) => line.split(' ')),
]

/** What follows `archcost` in each part of a line; redirections are the shell's. */
function wordsOf(line: string): string[][] {
  return line.split('|').flatMap((part) => {
    const words = [...part.replace(/[<>].*/, '').matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
      ([, double, single, plain]) => double ?? single ?? plain ?? '',
    )
    return words[0] === 'archcost' ? [words.slice(1)] : []
  })
}

const everyWord = [...new Set([...Object.keys(commands), ...calls.flat()])]

type WordChange =
  | { at: number; kind: 'drop' | 'double' }
  | { at: number; kind: 'put' | 'replace'; word: string }
  | { at: number; kind: 'write'; steps: readonly TextChange[] }

const at = fc.nat(20)
const wordChange: fc.Arbitrary<WordChange> = fc.oneof(
  fc.record({ at, kind: fc.constantFrom('drop' as const, 'double' as const) }),
  fc.record({
    at,
    kind: fc.constantFrom('put' as const, 'replace' as const),
    word: fc.oneof(
      fc.constantFrom(...everyWord),
      fc.constantFrom(
        '',
        '-',
        '--',
        '-h',
        '--help',
        '--=',
        '--context=',
        '1e999',
        'x'.repeat(9000),
      ),
      fc.string({ unit: 'binary' }),
    ),
  }),
  fc.record({
    at,
    kind: fc.constant('write' as const),
    steps: textChanges(['=', ',', '..', ':', ' at ', '1e12', '128k', 'params.total', 'n_layers']),
  }),
)

function changed(words: readonly string[], steps: readonly WordChange[]): string[] {
  return steps.reduce(
    (now, step) => {
      const place = step.at % (now.length + 1)
      const word = now[place]
      if (step.kind === 'put') return now.toSpliced(place, 0, step.word)
      if (word === undefined) return now
      if (step.kind === 'drop') return now.toSpliced(place, 1)
      if (step.kind === 'double') return now.toSpliced(place, 0, word)
      if (step.kind === 'replace') return now.with(place, step.word)
      if (step.kind === 'write') return now.with(place, changedText(word, step.steps))
      return now
    },
    [...words],
  )
}

/** Threads would start the program that runs, which is the fuzzer here. */
const withoutThreads = (words: readonly string[]): string[] =>
  words[0] === 'search'
    ? [...words.filter((word) => !word.startsWith('--w')), '--workers', '1']
    : [...words]

export const commandLine = door({
  name: 'command-line',
  inputs: 1000,
  input: fc
    .record({
      call: fc.constantFrom(...calls),
      steps: fc.array(wordChange, { maxLength: 4, size: 'max' }),
      input: fc.constantFrom(config, `{"id":1,"config":${config}}\n`, '', '[', '\u0000'),
    })
    .map(({ call, steps, input }) => ({ words: withoutThreads(changed(call, steps)), input })),
  async check({ words, input }) {
    const { status, out, err } = await ran(words, input)
    if (![0, 1, 2, 130].includes(status)) throw new Error(`the status is ${status}`)
    if (status !== 0 && (err + out).trim() === '')
      throw new Error(`the status is ${status}, and nothing is said`)
    const slip = /\bNaN\b|\bundefined\b|\[object |mistake in archcost/.exec(out)
    if (slip)
      throw new Error(
        `the answer holds ${slip[0]}: ${out.slice(slip.index - 100, slip.index + 40)}`,
      )
  },
  show: JSON.stringify,
  async open() {
    const folder = mkdtempSync(join(tmpdir(), 'archcost-fuzz-'))
    // Deep, so that a path that leads upwards stays in it.
    const inside = join(folder, 'a/b/c/d/e/f/g/h')
    mkdirSync(join(inside, 'checkpoint'), { recursive: true })
    cpSync('formulas/mixers/attention.yaml', join(inside, 'own.yaml'))
    const write = (name: string, content: string | Buffer): void =>
      writeFileSync(join(inside, name), content)
    write('config.json', config)
    write('checkpoint/config.json', config)
    writeSafetensors(join(inside, 'checkpoint/model.safetensors'), [
      { name: 'lm_head.weight', dtype: 'BF16', shape: [100, 64], bytes: 12_800 },
    ])
    write('model.gguf', ggufBytes(model('llama', { block_count: 1, embedding_length: 64 }), {}))
    write('lines.ndjson', `{"id":1,"config":${config}}\n`)
    write('space.yaml', 'model: config.json\nvary: {n_layers: 1..8}\nminimise: flops.decode\n')
    const before = process.cwd()
    process.chdir(inside)
    return async () => {
      process.chdir(before)
      rmSync(folder, { recursive: true })
    }
  },
})

interface Ran {
  status: number
  out: string
  err: string
}

/** Runs a command in this process, where nobody listens who might be the hub. */
async function ran(words: string[], input: string): Promise<Ran> {
  const { there, written } = surroundingsOf({ input, env: { HF_ENDPOINT: 'http://127.0.0.1:9' } })
  try {
    return { status: await within(there, () => run(words)), ...written() }
  } catch (error) {
    mustBeClear(error)
    return { status: 1, out: written().out, err: (error as Error).message }
  }
}
