/** What a runtime takes on a rank, by its file. */
import { ArchcostError } from '../../architecture/errors.ts'
import type { Model } from '../../architecture/model.ts'
import type { PageAnswer, PoolAnswer, RuntimeAnswer } from '../../formulas/compile-runtime.ts'
import { runtimes } from '../../formulas/generated/runtimes.ts'
import { didYouMean, show, type Pass, type SettingMeta, type Value } from '../../formulas/index.ts'
import type { RuntimeFormulas } from '../../formulas/runtime.ts'
import type { Mark } from '../types.ts'
import type { Facts } from './facts.ts'

export type { RuntimeFormulas }

/** Settings that a person chose, as they are said. */
export type Chosen = Readonly<Record<string, string | number | boolean>>

export const runtimeNames: readonly string[] = Object.keys(runtimes)

/** @throws ArchcostError `invalid_deployment` where there is none of this name; null for `none` */
export function findRuntime(name: string): RuntimeFormulas | null {
  const wanted = name.toLowerCase().replaceAll(/[._\s]/g, '-')
  if (wanted === 'none') return null
  const found = Object.hasOwn(runtimes, wanted) ? runtimes[wanted] : undefined
  if (found) return found
  throw new ArchcostError(
    'invalid_deployment',
    `${show(name)} is no runtime${didYouMean(wanted, runtimeNames) || `; known are none, ${runtimeNames.join(', ')}`}`,
    'runtime',
  )
}

/** Settings that are chosen and not taken from the model or the machine. */
export const settingsOfRuntime = ({ settings, from }: RuntimeFormulas): SettingMeta[] =>
  settings.filter(({ name }) => from[name] === undefined)

/** Every answer, and the value of every other quantity and setting, of one kind of layer. */
export type Answers = Readonly<Record<RuntimeAnswer, number> & Record<string, Value>>
/** Those of a runtime that keeps caches in pages. */
export type PagedAnswers = Answers & Readonly<Record<PageAnswer, number>>
/** Those of a runtime whose states have a pool of their own. */
export type PooledAnswers = Answers & Readonly<Record<PoolAnswer, number>>

/**
 * @param chosen settings by name
 * @param facts of the rank, and of the kind of layer
 * @throws ArchcostError `invalid_deployment` on a setting that there is not, or that cannot have the value
 */
export function askRuntime(
  runtime: RuntimeFormulas,
  chosen: Chosen,
  facts: Facts,
  model: Model,
): Answers {
  const own = settingsOfRuntime(runtime)
  const given: Record<string, Value> = {}
  for (const [name, said] of Object.entries(chosen)) {
    const meta = own.find((each) => each.name === name)
    if (!meta)
      refuse(
        name,
        `is no setting of ${runtime.name}${
          didYouMean(
            name,
            own.map((each) => each.name),
          ) || `; it has ${own.map((each) => each.name).join(', ')}`
        }`,
      )
    given[name] = read(meta, said)
  }
  for (const [name, [source]] of Object.entries(runtime.from))
    given[name] = facts[source as string]!
  const { names } = (model.decoder ?? model.encoder)!
  const settings = runtime.resolve(given, names)
  const problem = runtime.check(settings)
  if (problem !== null) refuse(undefined, `${runtime.name} ${problem}`)
  return { ...settings, ...runtime.values(settings, nothingRuns) } as Answers
}

// A runtime reads no pass: what of the workload it needs is among its settings.
const nothingRuns = {} as Pass

/** The mark of each quantity of a runtime that is not exact, with its error. */
export const marksOf = ({ definitions }: RuntimeFormulas, name: RuntimeAnswer): { mark: Mark; error: number | null } => {
  const { mark = 'exact', error = null } = definitions.find((each) => each.name === name)!
  return { mark, error }
} // prettier-ignore

function read({ name, type, of, min, max }: SettingMeta, said: Chosen[string]): Value {
  if (type === 'choice') {
    if (of!.includes(String(said))) return String(said)
    return refuse(name, `is one of ${of!.join(', ')}, not ${show(said)}`)
  }
  if (type === 'flag') {
    if (['true', 'false', '1', '0'].includes(String(said)))
      return String(said) === 'true' || String(said) === '1' ? 1 : 0
    return refuse(name, `is true or false, not ${show(said)}`)
  }
  const [least, most] = [min ?? (type === 'number' ? -1e15 : 1), max ?? 1e15]
  const whole = type !== 'number'
  if (typeof said !== 'number' || (whole && !Number.isInteger(said)) || !(said >= least && said <= most))
    return refuse(name, `is a ${whole ? 'whole ' : ''}number from ${least} to ${most}, not ${show(said)}`)
  return said
} // prettier-ignore

function refuse(setting: string | undefined, problem: string): never {
  throw new ArchcostError(
    'invalid_deployment',
    problem,
    setting === undefined ? 'runtime' : `runtime.${setting}`,
  )
}
