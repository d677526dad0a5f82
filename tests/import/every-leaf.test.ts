/** No change to one key of a catalogue config changes what it costs without standing in the report. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ArchcostError } from '../../src/architecture/errors.ts'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { importConfig, type Imported } from '../../src/import/index.ts'
import { leavesOf } from '../../src/import/leaves.ts'
import type { ImportReport } from '../../src/import/report.ts'
import { spellingsOf } from '../../src/import/spellings.ts'

type Config = Record<string, unknown>

const folder = new URL('../../src/import/catalog/configs/', import.meta.url)
const published = readdirSync(folder).map((file): [string, Config] => [
  file.replace('.json', ''),
  JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Config,
])
/** Of configs that say the same keys with other numbers, one. */
const configs = new Map(
  published.map(([name, config]) => [
    JSON.stringify([
      config['model_type'],
      leavesOf(config).map(({ path, value }) => [path, typeof value === 'number' || value]),
    ]),
    [name, config] as const,
  ]),
)

/** The config with another value under a key, or without it. */
function changed(config: Config, [key, ...inside]: readonly string[], value: unknown): Config {
  if (inside.length > 0)
    return { ...config, [key!]: changed((config[key!] ?? {}) as Config, inside, value) }
  const { [key!]: _, ...others } = config
  return value === undefined ? others : { ...config, [key!]: value }
}

/** Null where the import refuses. */
function imported(config: Config): Imported | null {
  try {
    return importConfig(config)
  } catch (error) {
    if (error instanceof ArchcostError) return null
    throw error
  }
}

/** What is built, whatever its name. */
/** What is counted: keys of extra modules are left out, with their values. */
const built = ({ architecture: { extra: _, ...counted } }: Imported): string =>
  JSON.stringify({ ...counted, name: '', model_type: '' })

const cost = ({ architecture }: Imported): string =>
  JSON.stringify(evaluate(prepare(architecture), { context: 5000 }))

/** In how many lists a leaf stands. */
const places = (report: ImportReport, path: string): number =>
  [report.read, report.defaulted, report.derived].filter((list) => Object.hasOwn(list, path))
    .length +
  [report.left_out.map(({ name }) => name), report.ignored, report.not_understood]
    .flat()
    .filter((name) => name === path).length

/** What the report says was taken for a key, under any spelling; where it may stand at two places, at the other. */
function takenFor(
  { defaulted, derived }: ImportReport,
  keys: readonly string[],
): [path: string, value: unknown] | undefined {
  const place = keys.slice(0, -1).join('.')
  const all: [string, unknown][] = [
    ...Object.entries(defaulted),
    ...Object.entries(derived).map(([path, { value }]): [string, unknown] => [path, value]),
  ]
  const fitting = all.filter(([path]) => spellingsOf(lastOf(path)).includes(keys.at(-1)!))
  return fitting.find(([path]) => path.slice(0, -lastOf(path).length - 1) === place) ?? fitting[0]
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

/** Towers whose values do not fit together are left out, which the document says by name, and a warning says why. */
const leavesOutMore = (after: Imported, before: Imported): boolean =>
  leftOut(after) > leftOut(before) && after.notes.length > 0
const leftOut = ({ architecture }: Imported): number => architecture.unmodelled_towers?.length ?? 0

/** Keys that say "none" with null. */
const may_be_none: ReadonlySet<string> = new Set([
  'sliding_window',
  'attention_chunk_size',
  'q_lora_rank',
  'rope_scaling',
  'mscale',
  'mscale_all_dim',
  'attention_factor',
  'moe_latent_size',
  'rope_theta',
  'quant_method',
  'weight_block_size',
  'expert_dtype',
  'use_bidirectional_attention',
])

function other(value: unknown): unknown {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return Number.isInteger(value) ? value * 2 || 1 : value / 2
  return undefined
}

function slips(config: Config): string[] {
  const base = importConfig(config)
  const before = built(base)
  return leavesOf(config).flatMap(({ path, keys, value }) => {
    const found: string[] = []
    if (places(base.report, path) !== 1)
      found.push(`${path} stands in ${places(base.report, path)} lists`)
    for (const gone of [undefined, null]) {
      const without = imported(changed(config, keys, gone))
      if (without === null || built(without) === before) continue
      const how = gone === null ? 'null' : 'left out'
      if (gone === null && places(without.report, path) !== 1)
        found.push(`${path}, ${how}, stands in ${places(without.report, path)} lists`)
      if (leavesOutMore(without, base)) continue
      const taken = takenFor(without.report, keys)
      const none = taken?.[1] ?? null
      if (none === null && (gone === null || taken) && may_be_none.has(keys.at(-1)!)) continue
      if (taken === undefined || none === null) {
        found.push(`${path}, ${how}, has no value in the report`)
        continue
      }
      const [spelling, value_taken] = taken
      const told = changed(changed(config, keys, undefined), spelling.split('.'), value_taken)
      const again = imported(told)
      if (again === null || cost(again) !== cost(without))
        found.push(`${path}, ${how}, is not what ${spelling} ${JSON.stringify(value_taken)} is`)
    }
    const next = other(value)
    if (next !== undefined) {
      const after = imported(changed(config, keys, next))
      if (after === null || built(after) === before || leavesOutMore(after, base)) return found
      if (after.report.read[path] !== next)
        found.push(
          `${path}, ${JSON.stringify(next)}, changes what is built, but is not in \`read\``,
        )
    }
    return found
  })
}

describe('every key', () => {
  test.each([...configs.values()])('%s', (_name, config) => {
    expect(slips(config)).toEqual([])
  })
})
