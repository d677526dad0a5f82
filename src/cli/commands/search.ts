/** `archcost search`: the shapes of a space that no other beats, on all cores. */
import { availableParallelism } from 'node:os'
import { noFindings } from '../../engine/ask/search/findings.ts'
import { prepareSearch, type Search } from '../../engine/ask/search/search.ts'
import { readSpace, spaceKeys, type Space } from '../../engine/ask/search/space.ts'
import type { Architecture } from '../../architecture/schema.ts'
import { checkDocument } from '../../engine/index.ts'
import { rangeWords } from '../../engine/vary/index.ts'
import { showNumber } from '../answer-text.ts'
import { didYouMean } from '../../formulas/nearest.ts'
import { nameWords, readCount } from '../ask-options.ts'
import type { Command, Options } from '../command.ts'
import { CommandError } from '../errors.ts'
import { findModel } from '../model-source.ts'
import { print, say, sayInPlace } from '../output.ts'
import { ownFormulas } from '../own-formulas.ts'
import { nameOf, readText } from '../read-text.ts'
import { searchHere, searchInThreads, startWorker, type Work } from '../search/pool.ts'
import {
  begun,
  left,
  loadProgress,
  lookedAt,
  saveProgress,
  withStretch,
  type Progress,
} from '../search/progress.ts'
import { frontText, summaryLines, type Format } from '../search/report.ts'
import { modulesIn, withModules } from '../with-modules.ts'

export const command: Command = {
  operands: 'SPACE.yaml',
  takes: { min: 1, max: 1 },
  about: [
    'Searches a space of designs for the Pareto front: those that meet its conditions and that no other beats in every objective.',
    'The file is YAML or JSON (- is standard input):',
    '  model: llama-3.1-8b                     a MODEL; or architecture: a document',
    '  workload: {context: 8k, batch: 1}       what is run (optional)',
    '  deployment: {device: L40S, devices: 2}  where, for fit.max_batch and others of fit (optional)',
    '  set: {vocab_size: 64k}                  settings with one other value (optional)',
    '  hold: [ffn_ratio, d_head]               what keeps its value while the rest follows (optional)',
    '  vary: {n_layers: 16..64:step:4, d_model: [2048, 4096]}',
    '  constraints: [params.total <= 8e9, cache.bytes at 131072 <= 4 GiB, d_model multiple of 128, n_heads <= 8 * n_kv_heads]',
    '  minimise: flops.decode                  one or a list; and maximise',
    '  show: [ffn.d_ff, mixer.n_heads]         what else to tell (optional)',
    '  with: [mtp]                             extra modules that are counted (optional)',
    '  samples: 1M                             a seeded sample of larger spaces (optional), with seed: 1',
    '',
    rangeWords,
    '',
    nameWords,
    '',
    'Interrupted (Ctrl-C), it prints what it has found so far; with --state it goes on from there when it is called again.',
  ].join('\n'),
  options: {
    workers: { value: 'N', about: 'threads (as many as there are cores; small spaces need none)' },
    state: { value: 'FILE', about: 'keep what is found so far in a file, and go on from it' },
    limit: { value: 'N', about: 'how many designs to print (20 in a table, else all)' },
    format: { of: ['table', 'csv', 'json', 'ndjson'], about: 'how to print them' },
  },
  examples: [
    { run: 'archcost search space.yaml', about: 'the file says everything' },
    {
      run: 'archcost search space.yaml --state half-way.json --format csv > front.csv',
      about: 'one that can be interrupted and gone on with',
    },
  ],
  async run([file], options) {
    const space = await readSpaceFile(file!)
    const search = prepareSearch(space)
    // What a file of progress was found with: formulas of one's own too.
    const text = JSON.stringify([space, ...ownFormulas()])
    const { state } = options
    const start = state === undefined ? begun : loadProgress(state, text)
    const { progress, stopped } = await searchOn(search, space, start, options, (now) => {
      if (state !== undefined) saveProgress(state, text, now)
    })
    const found = progress.findings ?? noFindings(space.constraints.length)
    const format = (options['format'] ?? 'table') as Format
    const names = Object.keys(space.vary)
    const limit =
      options['limit'] === undefined
        ? format === 'table'
          ? 20
          : Infinity
        : count('--limit', options['limit'], 0)
    if (found.front.length > 0 || format !== 'table')
      await print(frontText(search, found, space.vary, format, limit))
    say(
      `${found.front.length > 0 && format === 'table' ? '\n' : ''}${summaryLines(
        search,
        found,
        names,
      )
        .map((line) => `${line}\n`)
        .join('')}`,
    )
    if (stopped) {
      say(
        `Interrupted.${state === undefined ? '' : ` Call it again with --state ${state} to go on.`}\n`,
      )
      return 130
    }
    if (found.front.length === 0)
      throw new CommandError(
        'no design of the space meets every condition; see above what rules them out',
      )
    return 0
  },
}

async function readSpaceFile(file: string): Promise<Space> {
  // Loaded here, so that no other command waits for a YAML parser.
  const { parseYaml } = await import('../../formulas/yaml.ts')
  const [text, name] = [await readText(file), nameOf(file)]
  let raw: unknown
  try {
    raw = parseYaml(text)
  } catch (error) {
    throw new CommandError(`${name} cannot be read: ${(error as Error).message}`)
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    throw new CommandError(
      `${name} holds no keys; expected are model, ${spaceKeys.filter((key) => key !== 'architecture').join(', ')}`,
    )
  const keys = ['model', 'with', ...spaceKeys]
  const other = Object.keys(raw).find((key) => !keys.includes(key))
  if (other !== undefined)
    throw new CommandError(
      `${name} › ${other}: is no key of a space${didYouMean(other, keys) || `; expected are ${keys.join(', ')}`}`,
    )
  const { model, with: names, ...rest } = raw as Record<string, unknown>
  const counting = (architecture: Architecture) =>
    withModules({ architecture, report: null, notes: [] }, modulesIn(names)).architecture
  if (model === undefined)
    return readSpace({
      ...rest,
      ...('architecture' in rest && {
        architecture: counting(checkDocument(rest['architecture'])),
      }),
    })
  if (typeof model !== 'string' || 'architecture' in rest)
    throw new CommandError(`${name}: model names one model, and stands without architecture`)
  return readSpace({ ...rest, architecture: counting((await findModel(model)).architecture) })
}

const count = (option: string, text: string, min = 1): number => readCount(option, text, min)

/** Threads cost more to start than so many designs do. */
const fewLooks = 300_000
const saveEvery = 5000

/** Searches on from where it stood, and tells how it goes on standard error. */
async function searchOn(
  search: Search,
  space: Space,
  start: Progress,
  options: Options,
  save: (progress: Progress) => void,
): Promise<{ progress: Progress; stopped: boolean }> {
  const { looks } = search
  const asked =
    options['workers'] === undefined ? undefined : count('--workers', options['workers'])
  const threads = asked ?? (looks - lookedAt(start) <= fewLooks ? 1 : availableParallelism())
  // Often enough to tell of, and to stop at.
  const size = Math.min(1 << 19, Math.max(1024, Math.ceil(looks / (threads * 64))))
  let progress = start
  let stopped = false
  const interrupt = (): void => {
    stopped = true
  }
  process.once('SIGINT', interrupt)
  // A file that cannot be written is known before the search, not after it.
  save(start)
  const begin = Date.now()
  let saved = begin
  const work: Work = {
    stretches: left(start, looks, size),
    stopped: () => stopped,
    found(stretch, findings) {
      progress = withStretch(progress, stretch, findings)
      tell(lookedAt(progress), lookedAt(start), looks, begin, progress)
      if (Date.now() - saved < saveEvery) return
      saved = Date.now()
      save(progress)
    },
  }
  try {
    if (threads === 1) await searchHere(search, work)
    else await searchInThreads(threads, () => startWorker(space), work)
  } finally {
    process.removeListener('SIGINT', interrupt)
    sayInPlace('')
    save(progress)
  }
  return { progress, stopped: stopped && lookedAt(progress) < looks }
}

/** On a terminal: how far, how fast, how long still. */
function tell(
  looked: number,
  before: number,
  looks: number,
  begin: number,
  { findings }: Progress,
): void {
  const seconds = (Date.now() - begin) / 1000
  if (seconds < 0.5) return
  const rate = (looked - before) / seconds
  const rest = (looks - looked) / rate
  sayInPlace(
    `${showNumber(looked)} of ${showNumber(looks)} designs (${((100 * looked) / looks).toFixed(1)}%), ${showNumber(Math.round(rate))} a second, ${showNumber(Math.ceil(rest))} s left, ${findings?.front.length ?? 0} on the front`,
  )
}
