/** The options that say what is run: one for each part of the workload. */
import { readWorkloadText } from '../engine/workload-text.ts'
import type { Workload } from '../engine/types.ts'
import { workloadKeys } from '../formulas/index.ts'
import type { Options, OptionSpec } from './command.ts'
import { UsageError } from './errors.ts'

export const workloadOptions: Record<string, OptionSpec> = Object.fromEntries(
  workloadKeys.flatMap(({ option, about, example, type, of }): [string, OptionSpec][] => {
    if (option === undefined) return []
    const words = `${about.slice(0, 2) === about.slice(0, 2).toUpperCase() ? about[0]! : about[0]!.toLowerCase()}${about.slice(1).replace(/\.$/, '')}`
    return type === 'choice'
      ? [[option, { of: of!.map(({ value }) => value), about: words }]]
      : [[option, { value: example, about: words }]]
  }),
)

export const setOption: OptionSpec = {
  value: 'SETTING=VALUE,…',
  about: 'settings that have another value',
}

/** @throws UsageError */
export function readWorkload(options: Options): Partial<Workload> {
  const given: Partial<Workload> = {}
  for (const key of workloadKeys) {
    const text = key.option === undefined ? undefined : options[key.option]
    if (text === undefined) continue
    try {
      Object.assign(given, readWorkloadText(key, text, `--${key.option}`))
    } catch (error) {
      throw new UsageError((error as Error).message)
    }
  }
  return given
}
