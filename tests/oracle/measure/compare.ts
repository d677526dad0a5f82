/** Holds the import against what measure.py counted: which default configs come out exact, which wrong, which not at all. */
import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { ArchcostError } from '../../../src/architecture/errors.ts'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { isKnownType } from '../../../src/import/classes.ts'
import { importConfig } from '../../../src/import/index.ts'

const line = z.union([
  z.strictObject({ model_type: z.string(), class: z.string(), not_built: z.string() }),
  z.strictObject({
    model_type: z.string(),
    class: z.string(),
    total: z.int(),
    /** Of the language model, where towers stand beside it. */
    language: z.int().nullable(),
    modules: z.record(z.string(), z.int()),
    /** Runs of [parameters, layers], by the path of the list that holds them. */
    layers: z.record(z.string(), z.array(z.tuple([z.int(), z.int()]))),
    config: z.record(z.string(), z.unknown()),
  }),
])
export type Measured = z.infer<typeof line>

/** What became of a model type, from best to worst. */
export const verdicts = {
  exact: 'the count of the whole model, to the last digit',
  language: 'the count of its language model; its towers are not counted',
  unverified: 'the right count, with a warning that the family is not verified',
  contradicted: 'the count of published checkpoints, which the model code contradicts',
  refused: 'refused, with the mechanism that is not modelled',
  wrong: 'a count that is not that of the model code',
  'not built': 'the library builds no model from its own default config',
} as const
export type Verdict = keyof typeof verdicts

export interface Compared {
  model_type: string
  class: string
  total: number | null
  verdict: Verdict
  /** Why it is refused, how far off it is, or why it was not built. */
  why: string
  /** Whether no family here has the name. */
  is_new: boolean
}

/** Types whose code builds what no checkpoint holds. */
const contradicted: Readonly<Record<string, string>> = {
  longcat_flash: 'experts that do nothing are given matrices for their gates',
}

export const readMeasured = (): Measured[] =>
  readFileSync(new URL('counts.ndjson', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((text) => line.parse(JSON.parse(text)))

export function compare(measured: Measured): Compared {
  const { model_type } = measured
  const about = { model_type, class: measured.class, is_new: !isKnownType(model_type) }
  if ('not_built' in measured)
    return { ...about, total: null, verdict: 'not built', why: measured.not_built }
  const { total, language } = measured
  try {
    const { architecture, notes } = importConfig(measured.config)
    const { params } = evaluate(prepare(architecture), {})
    const { whole } = params
    const is_verified = !notes.some(({ text }) => text.includes('not verified'))
    const off = (from: number): string => `${params.total - from} from ${from}`
    const contradiction = contradicted[model_type]
    if (contradiction !== undefined)
      return { ...about, total, verdict: 'contradicted', why: contradiction }
    if (params.total !== (language ?? total))
      return { ...about, total, verdict: 'wrong', why: off(language ?? total) }
    const verdict = !is_verified
      ? 'unverified'
      : (whole?.total ?? params.total) === total
        ? 'exact'
        : 'language'
    return { ...about, total, verdict, why: '' }
  } catch (error) {
    if (!(error instanceof ArchcostError)) throw error
    return { ...about, total, verdict: 'refused', why: error.message }
  }
}
