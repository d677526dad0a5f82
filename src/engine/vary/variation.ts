/** A design in which some settings vary: what each choice of values makes of its document, its workload and its scenarios. */
import type { Deployment } from '../../architecture/deployment.ts'
import { ArchcostError } from '../../architecture/errors.ts'
import type { Model } from '../../architecture/model.ts'
import { prepare } from '../../architecture/check.ts'
import type { Architecture, Stack, Sublayer } from '../../architecture/schema.ts'
import { workloadKeys, type Names } from '../../formulas/index.ts'
import type { Device } from '../hardware.ts'
import type { Workload } from '../types.ts'
import { completeWorkload } from '../workload.ts'
import { blocksByAddress, hiddenBy, hold, type Follower } from './hold.ts'
import { repicked } from './layers.ts'
import { readAt, replaceAt, samePath, startsWith, type Path } from './path.ts'
import { presentValue, type Chosen } from './present.ts'
import { settingFinder, type Setting, type SettingValue } from './setting.ts'

export interface Design {
  architecture: Architecture
  /** What differs from the default workload. */
  workload: Partial<Workload>
  scenarios?: Chosen
  /** Where it runs: a deployment document, and the device where it is none of the known ones. */
  deployment?: Deployment | undefined
  device?: Device | undefined
}

export interface Variation {
  /** As asked for, in order; values are given in the same order. */
  settings: readonly Setting[]
  /** The document with everything that is held stated. */
  base: Architecture
  /** The model of the design as it is. */
  model: Model
  /** The present values. */
  present: readonly SettingValue[]
  /** The sublayer, input or output at a path as the values make it. @throws ArchcostError where what follows cannot */
  partAt: (path: Path, values: readonly SettingValue[]) => unknown
  /** The rules of a sublayer about its layers: nothing that follows, and may not be able to, is in them. */
  rulesAt: (path: Path, values: readonly SettingValue[]) => Sublayer
  /** Whether something there follows what is varied, to keep what is held. */
  follows: (path: Path) => boolean
  /** What a stack tells its blocks. */
  namesAt: (stack: number, values: readonly SettingValue[]) => Names
  /** With `at` in the place of what it gives. */
  workloadAt: (values: readonly SettingValue[], at?: Partial<Workload>) => Workload
  /** What is chosen for scenarios: the same object where nothing of it varies. */
  scenariosAt: (values: readonly SettingValue[]) => Chosen | undefined
  /** @throws ArchcostError where a rule about layers cannot be applied again, or what follows cannot */
  designAt: (values: readonly SettingValue[]) => Design
}

/**
 * @param names settings that vary, by address or shorthand
 * @param held settings that keep their present value and let what they determine follow
 * @throws ArchcostError where the design is wrong, or has no such settings
 */
export function variation(
  design: Design,
  names: readonly string[],
  held: readonly string[] = [],
): Variation {
  const model = prepare(design.architecture)
  const settings = names.map(settingFinder(model.architecture))
  const twice = settings.find(
    ({ address }, place) => settings.findIndex((each) => each.address === address) < place,
  )
  if (twice) throw new ArchcostError('invalid_workload', 'is varied twice', twice.address)
  const holds = held.map((name) => hold(model, name, settings))
  const revealed = settings.flatMap((setting) => reveal(model, setting))
  const base = [...holds.flatMap(({ edits }) => edits), ...revealed].reduce(
    (changed, { path, value }) => replaceAt(changed, path, value),
    model.architecture,
  )
  const workload = completeWorkload(model, design.workload)
  const present = settings.map((setting) =>
    presentValue(model, workload, setting, design.scenarios),
  )
  return {
    settings,
    base,
    model,
    present,
    ...changesOf(
      base,
      settings,
      holds.flatMap(({ followers }) => followers),
      model,
      design,
    ),
  }
}

/** A ratio that a stated width hides has no effect before that width follows it. */
function reveal(model: Model, { place }: Setting): { path: Path; value: unknown }[] {
  if (
    place.of !== 'block' ||
    place.meta.type !== 'number' ||
    place.use.stated[place.meta.name] !== undefined
  )
    return []
  const block = blocksByAddress(model).get(place.use.address)
  const hidden = block && hiddenBy(place.use, place.meta, block)
  return hidden ? hidden.edits : []
}

type Changes = Pick<
  Variation,
  'partAt' | 'rulesAt' | 'follows' | 'namesAt' | 'workloadAt' | 'scenariosAt' | 'designAt'
>

function changesOf(
  base: Architecture,
  settings: readonly Setting[],
  followers: readonly Follower[],
  model: Model,
  { workload: given, scenarios, deployment, device }: Design,
): Changes {
  const inDocument = settings.flatMap(({ place }, index) =>
    place.of === 'workload' || place.of === 'scenario' ? [] : [{ path: place.path, index }],
  )
  const inWorkload = settings.flatMap(({ place }, index) =>
    place.of === 'workload' ? [{ key: place.key, index }] : [],
  )
  const inScenarios = settings.flatMap(({ place }, index) =>
    place.of === 'scenario' ? [{ scenario: place.scenario, name: place.meta.name, index }] : [],
  )
  const namesBefore = base.stacks.map((stack) => namesOf(base, stack))
  const complete = completeWorkload(model, given)
  const { bytes_per_weight, ...others } = given
  const said = bytes_per_weight === undefined ? others : { ...others, weights: complete.weights }
  // The source follows the context, or the longest source, unless it is given, so it is completed again.
  const source_follows = complete.source !== null && given.source === undefined
  // What is limited by another part of the workload must fit it anew.
  const bound = (run: Partial<Workload>): boolean =>
    workloadKeys.some(({ name, reads }) => reads.length > 0 && name in run)
  const mustFit =
    source_follows ||
    bound(given) ||
    bound(Object.fromEntries(inWorkload.map(({ key }) => [key, 0])))

  const givenAt = (path: Path, values: readonly SettingValue[]): unknown => {
    let part: unknown = readAt(base, path)
    for (const each of inDocument)
      if (each.path.length > path.length && startsWith(each.path, path))
        part = replaceAt(part, each.path.slice(path.length), values[each.index])
    const stack = path[1] as number
    const [{ n_layers }, before] = [namesAt(stack, values), namesBefore[stack]!]
    return n_layers === before.n_layers || path[2] !== 'layer'
      ? part
      : withLayers(part as Sublayer, before.n_layers, n_layers)
  }
  const rulesAt = (path: Path, values: readonly SettingValue[]): Sublayer =>
    givenAt(path, values) as Sublayer
  const partAt = (path: Path, values: readonly SettingValue[]): unknown => {
    let part = givenAt(path, values)
    const stack = path[1] as number
    const [names, before] = [namesAt(stack, values), namesBefore[stack]!]
    for (const each of followers)
      if (startsWith(each.path, path))
        part = replaceAt(part, each.path.slice(path.length), follow(each, names, before))
    return part
  }

  // Where the names of each stack are among the settings is found once: names are asked for again and again.
  const placeOf = (...path: Path): number =>
    inDocument.find((each) => samePath(each.path, path))?.index ?? -1
  const places = base.stacks.map(({ d_model }, stack) => ({
    d_model: d_model === undefined ? placeOf('d_model') : placeOf('stacks', stack, 'd_model'),
    n_layers: placeOf('stacks', stack, 'n_layers'),
    max_context: placeOf('max_context'),
  }))
  const namesAt = (stack: number, values: readonly SettingValue[]): Names => {
    const { d_model, n_layers, max_context } = places[stack]!
    const before = namesBefore[stack]!
    return {
      d_model: d_model < 0 ? before.d_model : (values[d_model] as number),
      n_layers: n_layers < 0 ? before.n_layers : (values[n_layers] as number),
      max_context: max_context < 0 ? before.max_context : (values[max_context] as number),
      bidirectional: before.bidirectional,
    }
  }

  const longestSource = placeOf('max_source')
  const withSource = (max_source = model.architecture.max_source): Model => ({
    ...model,
    architecture: { ...model.architecture, max_source },
  })
  const changed = (values: readonly SettingValue[]): Partial<Workload> =>
    Object.fromEntries(
      inWorkload.flatMap(({ key, index }): [string, unknown][] => {
        const value = values[index]!
        if (key !== 'bytes_per_weight') return [[key, value]]
        // Weights of several formats have no such number, and keep them until they are given one.
        return value === null ? [] : [['weights', { default: value }]]
      }),
    )
  const workloadAt = (values: readonly SettingValue[], at: Partial<Workload> = {}): Workload => {
    if (mustFit || bound(at))
      return completeWorkload(withSource(values[longestSource] as number | undefined), {
        ...said,
        ...changed(values),
        ...at,
      })
    return { ...complete, ...changed(values), ...at }
  }

  const scenariosAt = (values: readonly SettingValue[]): Chosen | undefined =>
    inScenarios.reduce<Chosen | undefined>(
      (chosen, { scenario, name, index }) => ({
        ...chosen,
        [scenario]: { ...chosen?.[scenario], [name]: values[index]! },
      }),
      scenarios,
    )

  const designAt = (values: readonly SettingValue[]): Design => {
    const chosen = scenariosAt(values)
    const beside = {
      // The context stays what it is where the longest one varies.
      workload: { context: complete.context, ...said, ...changed(values) },
      ...(chosen && { scenarios: chosen }),
      ...(deployment && { deployment, device }),
    }
    if (inDocument.length === 0) return { architecture: base, ...beside }
    const whole = inDocument.reduce(
      (document, { path, index }) =>
        isPart(path) ? document : replaceAt(document, path, values[index]),
      base,
    )
    const parts = base.stacks.flatMap(({ layer }, stack): Path[] => [
      ['stacks', stack, 'input'],
      ...layer.map((_, index) => ['stacks', stack, 'layer', index]),
      ['stacks', stack, 'output'],
    ])
    return {
      architecture: parts.reduce(
        (document, path) => replaceAt(document, path, partAt(path, values)),
        whole,
      ),
      ...beside,
    }
  }
  const followed = (path: Path): boolean => followers.some((each) => startsWith(each.path, path))
  return { partAt, rulesAt, follows: followed, namesAt, workloadAt, scenariosAt, designAt }
}

const isPart = (path: Path): boolean =>
  path[2] === 'input' || path[2] === 'output' || path[2] === 'layer'

const namesOf = ({ d_model, max_context }: Architecture, stack: Stack): Names => ({
  d_model: stack.d_model ?? d_model,
  n_layers: stack.n_layers,
  max_context,
  bidirectional: stack.role === 'encoder' ? 1 : 0,
})

function follow({ address, of, present, held }: Follower, names: Names, before: Names): number {
  const [now, then] = [names[of as keyof Names], before[of as keyof Names]]
  const value = (present * now) / then
  if (!Number.isInteger(value))
    throw new ArchcostError(
      'invalid_architecture',
      `would have to be ${value} to keep ${held} at ${of} ${now}; ${of} must be a multiple of ${then / greatestDivisor(present, then)}`,
      address,
    )
  return value
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b)
}

function withLayers(sublayer: Sublayer, present: number, n_layers: number): Sublayer {
  if (!sublayer.except?.some(({ layers }) => Array.isArray(layers))) return sublayer
  const except = sublayer.except.map((exception, match) => ({
    ...exception,
    layers: repicked(exception.layers, present, n_layers, `${sublayer.name}.except[${match}]`),
  }))
  return { ...sublayer, except }
}
