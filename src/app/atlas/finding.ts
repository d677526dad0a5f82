/** What the map shows, in a sentence: how far the models lie apart, and who holds the frontier. */
import { formatExact } from '../../engine/numbers.ts'
import { lowered } from '../parts/lowered.ts'
import type { Axis } from './axes.ts'
import { frontierOf } from './frontier.ts'
import { mixers, mixerWords, type Mixer } from './kinds.ts'
import type { Listed } from './listed.ts'

export function findingOf(
  axis: Axis,
  context: number,
  models: readonly Listed[],
  valueOf: (model: Listed) => number | null,
  write: (axis: Axis, value: number) => string,
): string {
  const known = models
    .flatMap((model) => {
      const value = valueOf(model)
      return value ? [{ title: model.title, value }] : []
    })
    .toSorted((a, b) => a.value - b.value)
  const [least, most] = [known[0], known.at(-1)]
  if (!least || !most || least.value === most.value) return axis.label
  const times = formatExact(Number((most.value / least.value).toPrecision(2)))
  return `${axis.label} at ${formatExact(context)} tokens: from ${write(axis, least.value)} (${least.title}) to ${write(axis, most.value)} (${most.title}), a factor of ${times}`
}

/** How far across the frontier is held by models that do not keep every token in every layer. */
export function frontierFinding(
  axis: Axis,
  models: readonly Listed[],
  valueOf: (axis: Axis, model: Listed) => number | null,
  y: Axis,
  write: (axis: Axis, value: number) => string,
): string | null {
  const frontier = frontierOf(
    models.flatMap((model) => {
      const [across, up] = [valueOf(axis, model), valueOf(y, model)]
      return across && up ? [{ x: across, y: up, mixer: model.kinds.mixer }] : []
    }),
  )
  const full = frontier.findIndex(({ mixer }) => mixer === 'full')
  const held = full === -1 ? frontier : frontier.slice(0, full)
  const last = held.at(-1)
  if (last === undefined || held.length < 2) return null
  const kinds = mixers.filter((mixer) => held.some((each) => each.mixer === mixer))
  const upTo = full === -1 ? 'All along' : `Up to ${write(axis, last.x)} ${lowered(axis.label)}`
  return `${upTo} the frontier is held by ${listed(kinds)}${full === -1 ? '' : ' alone'}`
}

const listed = (kinds: readonly Mixer[]): string =>
  kinds
    .map((kind) => mixerWords[kind])
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' and ')
