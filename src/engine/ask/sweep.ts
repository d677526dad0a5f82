/** Sweep: what quantities do while one or two settings walk through their values. */
import { ArchcostError } from '../../architecture/errors.ts'
import { parseRange } from '../vary/range.ts'
import type { Setting, SettingValue } from '../vary/setting.ts'
import { checkValue } from '../vary/value.ts'
import type { Design } from '../vary/variation.ts'
import { asker, family, refuseIdle } from './family/family.ts'
import type { Measure } from './quantity/measures.ts'

export interface Axis {
  /** By address or shorthand. */
  setting: string
  /** A list, or a text such as `1k..1M:log:200`. */
  values: string | readonly SettingValue[]
}

export interface Sweep {
  settings: readonly Setting[]
  measures: readonly Measure[]
  /** The values of each setting. */
  axes: readonly (readonly SettingValue[])[]
  /** In order, the last setting fastest; each row is computed when it is asked for. */
  rows: () => Generator<SweepRow, void>
}

export interface SweepRow {
  values: readonly SettingValue[]
  /** In the order of the measures; null where there is no such design. */
  answers: readonly number[] | null
  /** Why there is none. */
  problem?: ArchcostError
}

/**
 * @param of quantities or settings, such as `cache.bytes`, `cache.bytes at 128k`, `mixer.d_head`
 * @param held settings that keep their present value and let what they determine follow
 * @throws ArchcostError where the design has no such settings or quantities, or a range is wrong
 */
export function sweep(
  design: Design,
  over: readonly Axis[],
  of: readonly string[],
  held: readonly string[] = [],
): Sweep {
  const varied = family(
    design,
    over.map(({ setting }) => setting),
    of,
    held,
  )
  refuseIdle(varied.settings, varied.measures)
  const axes = over.map(({ values }, place) => readAxis(varied.settings[place]!, values))
  const ask = asker(varied)
  function* rows(place = 0, chosen: readonly SettingValue[] = []): Generator<SweepRow, void> {
    if (place === axes.length) {
      const answers = ask(chosen)
      if (answers instanceof ArchcostError)
        yield { values: chosen, answers: null, problem: answers }
      else yield { values: chosen, answers }
      return
    }
    for (const value of axes[place]!) yield* rows(place + 1, [...chosen, value])
  }
  return { settings: varied.settings, measures: varied.measures, axes, rows: () => rows() }
}

function readAxis(setting: Setting, values: Axis['values']): readonly SettingValue[] {
  if (typeof values === 'string') return parseRange(setting, values)
  values.forEach((value) => checkValue(setting, value))
  return values
}
