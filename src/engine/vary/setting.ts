/** Finds settings by address: those of a design also by a name that only one of them has, those of scenarios by both names. */
import { ArchcostError } from '../../architecture/errors.ts'
import { degreeNames } from '../../architecture/deployment.ts'
import type { Architecture } from '../../architecture/schema.ts'
import { blocks, didYouMean, workloadKeys } from '../../formulas/index.ts'
import type { Workload } from '../types.ts'
import { namesOfKey } from '../workload-text.ts'
import type { Path } from './path.ts'
import { most, rangeOf } from './ranged.ts'
import { addressesInScenarios, chosenSettings, scenarioSetting } from './scenario-settings.ts'
import type { Place, Setting } from './setting-place.ts'
import { usesOf, type Use } from './uses.ts'

export type { Setting }

/** As documents write it; null is none. */
export type SettingValue = number | string | boolean | null

const whole = (address: string, label: string, place: Place, min = 1, max = most): Setting => ({
  address,
  label,
  kind: 'whole',
  min,
  max,
  of: [],
  format: false,
  none: false,
  place,
})

/** Every setting of a design that has an address, those of the workload last. */
export function settingsOf(architecture: Architecture): Setting[] {
  return [
    ...documentSettings(architecture),
    ...usesOf(architecture).flatMap(blockSettings),
    ...workloadSettings,
  ]
}

function documentSettings({ stacks, max_source }: Architecture): Setting[] {
  const at = (path: Path): Place => ({ of: 'document', path })
  const inStacks = stacks.flatMap((stack, index) => {
    const prefix = stacks.length > 1 ? `${stack.role}.` : ''
    const { depth_routing: routing } = stack
    const here = (...path: Path): Place => at(['stacks', index, ...path])
    return [
      whole(`${prefix}n_layers`, 'Layers', here('n_layers'), 0, 10_000),
      ...(stack.d_model === undefined
        ? []
        : [whole(`${prefix}d_model`, 'Model width', here('d_model'))]),
      ...(routing === undefined
        ? []
        : [
            whole(
              `${prefix}depth_routing.every`,
              'Every so many layers are routed',
              here('depth_routing', 'every'),
            ),
            {
              ...whole(
                `${prefix}depth_routing.capacity`,
                'Share of tokens that enter',
                here('depth_routing', 'capacity'),
                1e-6,
                1,
              ),
              kind: 'number' as const,
            },
          ]),
      ...stack.layer.flatMap(({ name, except = [] }, sublayer) =>
        except.flatMap(({ layers }, match) =>
          Array.isArray(layers)
            ? []
            : Object.keys(layers).map((key) =>
                whole(
                  `${prefix}${name}.except[${match}].layers.${key}`,
                  `Layers that differ: ${key}`,
                  here('layer', sublayer, 'except', match, 'layers', key),
                  key === 'offset' ? 0 : 1,
                  10_000,
                ),
              ),
        ),
      ),
    ]
  })
  return [
    { ...whole('d_model', 'Model width', at(['d_model'])), symbol: 'd' },
    whole('max_context', 'Longest context the model is made for', at(['max_context'])),
    ...(max_source === undefined
      ? []
      : [whole('max_source', 'Longest source', at(['max_source']))]),
    ...inStacks,
  ]
}

function blockSettings(use: Use): Setting[] {
  return (blocks[use.block]?.settings ?? []).flatMap((meta) => {
    const range = rangeOf(meta, `${use.address}.${meta.name}`)
    if (range === undefined) return []
    const { name, label, symbol } = meta
    const place: Place = { of: 'block', path: [...use.path, name], use, meta }
    return [Object.assign(range, { label, place }, symbol !== undefined && { symbol })]
  })
}

/** Formats of weights by role, and records, are no single value; bytes of every weight are. */
const workloadSettings: readonly Setting[] = workloadKeys
  .filter(({ type }) => type !== 'formats' && type !== 'record')
  .map(({ name, label, type, min, max, reads, of = [] }) => {
    const key = name as keyof Workload
    // What another part may limit stays below the most of that part.
    const highest = max ?? (reads.length > 0 ? most - 1 : most)
    const setting = whole(name, label, { of: 'workload', key }, min, highest)
    if (type === 'format' || type === 'number')
      return { ...setting, kind: 'number', min: Number.MIN_VALUE, format: type === 'format' }
    return type === 'choice'
      ? { ...setting, kind: 'choice', of: of.map(({ value }) => value) }
      : setting
  })

/** The setting of a key of the workload. */
export const workloadSetting = (key: string): Setting =>
  workloadSettings.find(({ address }) => address === key)!

const aliases: Readonly<Record<string, string>> = Object.fromEntries(
  workloadKeys.flatMap((key) => {
    const setting = workloadKeys.find(({ instead_of }) => instead_of === key.name) ?? key
    return namesOfKey(key).map((name) => [name, setting.name])
  }),
)

/** What is said beside a design and is no single value of it: records of the workload, and degrees of a deployment. */
const unvaried = new Set([
  ...workloadKeys.flatMap(({ name, type }) => (type === 'record' ? [name] : [])),
  ...degreeNames,
])

const fail = (name: string, message: string): never => {
  throw new ArchcostError('invalid_architecture', message, name)
}

/**
 * The setting that a text means: an address (`mixer.n_heads`), a block and a setting (`moe.top_k`), or a setting alone
 * (`top_k`), where only one is meant; or a scenario and a setting (`expert-parallelism.ep`).
 * @throws ArchcostError where there is none, or where there are several
 */
export const findSetting = (architecture: Architecture, text: string): Setting =>
  settingFinder(architecture)(text)

/** Finds one setting after another: those of the architecture are listed once. */
export function settingFinder(architecture: Architecture): (text: string) => Setting {
  const all = settingsOf(architecture)
  return (text) => {
    const found = meant(all, text)
    if (found.length === 0) return scenarioSetting(text) ?? unknown(architecture, all, text)
    if (found.length > 1)
      fail(
        text,
        `is said in several places: ${found.map(({ address }) => address).join(', ')}; choose one of them`,
      )
    return found[0]!
  }
}

function unknown(architecture: Architecture, all: readonly Setting[], text: string): never {
  const last = text.split('.').at(-1)!
  const named = byName(all, last).map(({ address }) => address)
  // What models say is looked for in this one, and not found.
  const chosen = addressesInScenarios(chosenSettings)
  const alike = named.length > 0 ? named : chosen.filter((each) => each.endsWith(`.${last}`))
  const hint =
    alike.length > 0
      ? `; did you mean ${alike.slice(0, 4).join(' or ')}?`
      : didYouMean(text, [...namesFor(all), ...addressesInScenarios(({ settings }) => settings)])
  const [first = ''] = text.split('.')
  const once = unvaried.has(first)
    ? `; ${first} is said once, by --${first.replace('_', '-')}, and does not vary`
    : ''
  return fail(
    text,
    `this architecture has no such setting${once}${hint || (once ? '' : `; it has ${summary(architecture)}`)}`,
  )
}

/** Whether a text means a setting of a design, or several. */
export const hasSetting = (architecture: Architecture, text: string): boolean =>
  byName(settingsOf(architecture), text).length > 0

/** All settings that a text means, of every block that has one. An exception counts where it says the setting itself. */
export function findSettings(architecture: Architecture, text: string): Setting[] {
  const all = settingsOf(architecture)
  const found = byName(all, text)
  return found.length > 0 ? found : [findSetting(architecture, text)]
}

function meant(all: readonly Setting[], text: string): Setting[] {
  const named = byName(all, text)
  if (named.length < 2) return named
  // A window is meant where there is one, not in layers that say nothing of it, or none.
  const stating = named.filter(
    ({ place }) => place.of !== 'block' || (place.use.stated[place.meta.name] ?? null) !== null,
  )
  return stating.length === 1 ? stating : named
}

function byName(all: readonly Setting[], text: string): Setting[] {
  const name = (Object.hasOwn(aliases, text) && aliases[text]) || text
  const exact = all.filter(({ address }) => address === name)
  if (exact.length > 0) return exact
  return all.filter(({ place, address }) => {
    if (place.of !== 'block') return address.endsWith(`.${name}`)
    const { use, meta } = place
    if (use.stated[meta.name] === undefined && (use.rule || blockHas(use.host, meta.name)))
      return false
    return (
      name === meta.name || name === `${use.block}.${meta.name}` || address.endsWith(`.${name}`)
    )
  })
}

const blockHas = (block: string | undefined, name: string): boolean =>
  block !== undefined && blocks[block]!.settings.some((setting) => setting.name === name)

const namesFor = (all: readonly Setting[]): string[] => [
  ...new Set(
    all.flatMap(({ address, place }) =>
      place.of === 'block'
        ? [address, place.meta.name, `${place.use.block}.${place.meta.name}`]
        : [address],
    ),
  ),
]

function summary(architecture: Architecture): string {
  const own = usesOf(architecture).map(({ address, block }) => `${block} at ${address}`)
  return `${[...new Set(own)].join(', ')}, beside d_model, n_layers, context, batch, dtype`
}
