/** Any quantity of every model against any setting: the settings to choose from, the places to ask at, the answers. */
import { sweep } from '../../engine/ask/sweep.ts'
import { presentValue, settingsOf, type Setting } from '../../engine/vary/index.ts'
import type { Evaluated } from '../models/evaluated.ts'
import { stops } from '../parts/steps.ts'

/** Numeric settings that the model states, or that belong to the workload. */
export function sweepable({ model, workload }: Evaluated): Setting[] {
  return settingsOf(model.architecture).filter((setting) => {
    const { kind, place } = setting
    if (kind !== 'whole' && kind !== 'number') return false
    if (place.of === 'block' && place.use.stated[place.meta.name] === undefined) return false
    return typeof presentValue(model, workload, setting) === 'number'
  })
}

/** From an eighth of a value to eight times it, the present one among them; the context as far as it may be stretched. */
export function placesAround(setting: Setting, middle: number, present: number): number[] {
  const far = setting.address === 'context' || setting.address === 'batch'
  const whole = setting.kind === 'whole'
  const from = far ? Math.min(1024, present) : middle / 8
  const to = setting.address === 'context' ? Math.max(2 ** 20, present) : Math.max(middle, 1) * 8
  const low = Math.max(setting.min, whole ? Math.max(1, Math.floor(from)) : from, 1e-6)
  const high = Math.min(setting.max, whole ? Math.ceil(to) : to)
  const around = stops(setting.address === 'batch' ? 1 : low, high, whole)
  return [...new Set([...around, present, Math.min(high, 2 * present)])].toSorted((a, b) => a - b)
}

export interface Swept {
  /** Places at which at least one model has an answer. */
  places: readonly number[]
  /** For each model, an answer at each place; null where there is no such design. */
  answers: readonly (readonly (number | null)[])[]
}

export function swept(
  results: readonly Evaluated[],
  setting: string,
  quantity: string,
  places: readonly number[],
): Swept {
  const all = results.map((result) => answersOf(result, setting, quantity, places))
  const kept = places.flatMap((_, at) => (all.some((each) => each[at] !== null) ? [at] : []))
  return {
    places: kept.map((at) => places[at]!),
    answers: all.map((each) => kept.map((at) => each[at]!)),
  }
}

function answersOf(
  { model, workload }: Evaluated,
  setting: string,
  quantity: string,
  values: readonly number[],
): (number | null)[] {
  try {
    const design = { architecture: model.architecture, workload: given(workload) }
    const { rows } = sweep(design, [{ setting, values }], [quantity])
    return [...rows()].map(({ answers }) => answers?.[0] ?? null)
  } catch {
    // A model without this setting, or without this quantity, has no line.
    return values.map(() => null)
  }
}

/** A model without an encoder has no source to state. */
const given = ({ source, ...workload }: Evaluated['workload']) =>
  source === null ? workload : { ...workload, source }
