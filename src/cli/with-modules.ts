/** Extra modules of models that are counted, as `--with mtp` says. */
import { ArchcostError } from '../architecture/errors.ts'
import type { Architecture } from '../architecture/schema.ts'
import { withExtra } from '../architecture/extra.ts'
import { extraParams } from '../engine/extra-modules.ts'
import { formatExact } from '../engine/numbers.ts'
import type { Note } from '../import/report.ts'
import type { OptionSpec } from './command.ts'
import type { FoundModel } from './found-model.ts'
import { splitList } from './pairs.ts'

export const withOption: OptionSpec = {
  value: 'MODULE,…',
  about: 'extra modules that are counted, such as mtp for multi-token prediction; none unless said',
}

/** What an extra module would add, or has added. */
export interface Module {
  params: number
  counted: boolean
}

/**
 * A model in which the modules named are counted. What its import said of them as left out is said no more.
 * @throws ArchcostError `unsupported` where it has no such module
 */
export function withModules(found: FoundModel, names: readonly string[]): FoundModel {
  if (names.length === 0) return found
  const { report, notes } = found
  const document = found.architecture
  const isCounted = ({ extra }: { extra?: string | undefined }): boolean =>
    extra !== undefined && names.includes(extra)
  const counted = report?.left_out.filter(isCounted) ?? []
  const params = extraParams(document)
  return {
    ...found,
    architecture: withExtra(document, names),
    notes: notes.filter((note) => !isCounted(note)),
    report: report && {
      ...report,
      read: { ...report.read, ...Object.fromEntries(counted.map(({ name, value }) => [name, value])) },
      left_out: report.left_out.filter((left) => !isCounted(left)),
    },
    counted: Object.fromEntries(names.map((name) => [name, params[name]!])),
  } // prettier-ignore
}

/** As `--with` says them. */
export const modulesNamed = (text: string | undefined): string[] => splitList(text)

/** As JSON or YAML says them; nothing and null are none. @throws ArchcostError `invalid_json` */
export function modulesIn(names: unknown): string[] {
  if (names === undefined || names === null) return []
  if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names
  throw new ArchcostError('invalid_json', 'a list of names is expected, such as ["mtp"]', 'with')
}

/** The modules that a model has, those that are counted first. */
export function modulesOf({ counted = {} }: Pick<FoundModel, 'counted'>, document: Architecture): Record<string, Module> {
  const told = (params: Readonly<Record<string, number>>, is_counted: boolean) =>
    Object.entries(params).map(([name, each]) => [name, { params: each, counted: is_counted }])
  return Object.fromEntries([...told(counted, true), ...told(extraParams(document), false)])
} // prettier-ignore

/** What is said of modules, where nothing says it yet. */
export function notesOnModules(
  modules: Readonly<Record<string, Module>>,
  said: readonly Note[] = [],
): Note[] {
  return Object.entries(modules).flatMap(([name, { params, counted }]): Note[] => {
    if (said.some(({ extra }) => extra === name)) return []
    const holds = `with ${formatExact(params)} parameters`
    const text = counted
      ? `the extra module ${name} is counted, ${holds}`
      : `the extra module ${name} is not counted, ${holds}; --with ${name} counts it`
    return [{ level: 'info', text, extra: name }]
  })
}
