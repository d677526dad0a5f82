/** What the map shows, in a sentence: how far the models lie apart. */
import { formatExact } from '../../engine/numbers.ts'
import type { Axis } from './axes.ts'
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
