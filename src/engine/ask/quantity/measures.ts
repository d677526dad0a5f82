/** What is asked of designs: a total by its name in the cost, at a context of its own if wanted, or a setting as it comes out. */
import { ArchcostError } from '../../../architecture/errors.ts'
import type { Architecture } from '../../../architecture/schema.ts'
import { didYouMean } from '../../../formulas/index.ts'
import { askedText, partCondition } from '../../asked-text.ts'
import { readCondition, refuseOthers, type Condition } from '../../condition.ts'
import { scenarioOf } from '../../explain/scenario.ts'
import {
  applies,
  whyNot,
  predictions,
  shortly,
  totalNamed,
  quantities,
  type Prediction,
} from '../../explain/totals.ts'
import { parseNumber } from '../../read-number.ts'
import { findSetting } from '../../vary/setting.ts'
import type { Column, Measure } from './measure.ts'
import { scenarioMeasure } from './scenario-measure.ts'
import { fitMeasure, isOfFit } from './fit-measure.ts'
import { predictedFrom, sumsOf } from './total-sums.ts'

export { readCost } from '../../read-cost.ts'
export type { Measure } from './measure.ts'

/** Whether a total applies: an encoder has no decode step and no cache. */
export function hasTotal(architecture: Architecture, name: string): boolean {
  const total = totalNamed(name)
  return total !== undefined && applies(total, architecture)
}

const fail = (text: string, message: string): never => {
  throw new ArchcostError('invalid_workload', message, text)
}

/**
 * Reads `params.total`, `cache.bytes at 128k`, `flops.decode at context=128k,batch=8`, `loss at tokens=15T`, `mixer.d_head`,
 * `distinct-experts.distinct`, `roofline.seconds at device=L40S`.
 * @throws ArchcostError where there is no such quantity or setting
 */
export function parseMeasure(architecture: Architecture, asked: string): Measure {
  const text = askedText(asked)
  const [name, said] = partCondition(text.replace('@', ' at '))
  const condition = readCondition(text, said)
  if (scenarioOf(name)) return scenarioMeasure(architecture, text, name, condition)
  if (isOfFit(name)) {
    refuseOthers(text, condition)
    return fitMeasure(text, name, condition)
  }
  const prediction = predictions.find((each) => each.name === name)
  if (prediction) return predictedMeasure(prediction, text, condition)
  refuseOthers(text, condition)
  const total = totalNamed(name)
  if (!total) return settingMeasure(architecture, text, name, said)
  const missing = whyNot(total, architecture)
  if (missing) fail(text, missing)
  const { columns, read } = sumsOf(total, condition.workload)
  return {
    // By its whole name, so that what is asked for twice is shown once.
    name: text.replace(name, total.name),
    label: total.label,
    unit: total.unit,
    of: 'sums',
    columns,
    read: 'calls' in total ? (values) => read(values) : null,
  }
}

function predictedMeasure(
  prediction: Prediction,
  text: string,
  { workload: at, others }: Condition,
): Measure {
  const { name, label, unit, asks, of } = prediction
  const { [asks.key]: said, ...rest } = others
  if (said === undefined)
    return fail(
      text,
      `is predicted for a number of training tokens; say it: ${name} at ${asks.key}=${asks.example}`,
    )
  refuseOthers(text, { workload: at, others: rest })
  const under = parseNumber(said, { what: text, whole: true, min: 1 })
  return {
    name: text,
    label,
    unit,
    of: 'sums',
    columns: sumsOf(totalNamed(of.total)!, at).columns,
    read: ([from]) => predictedFrom(prediction, from!, under),
  }
}

function settingMeasure(
  architecture: Architecture,
  text: string,
  name: string,
  condition: string | undefined,
): Measure {
  const group = quantities.filter(
    (each) => each.name.startsWith(`${name}.`) && !each.name.includes('_by_'),
  )
  if (group.length > 0)
    fail(text, `is several quantities; say which: ${group.map((each) => each.name).join(', ')}`)
  try {
    if (condition !== undefined) throw new ArchcostError('invalid_workload', '')
    const setting = findSetting(architecture, name)
    const columns: Column[] = [{ of: 'setting', setting, at: {} }]
    const { label } = setting
    return { name: text, label, unit: '', of: 'setting', setting, columns, read: null }
  } catch (error) {
    if (error instanceof ArchcostError && error.message.includes('several places')) throw error
    const near = didYouMean(name, [...Object.keys(shortly), ...quantities.map((each) => each.name)])
    return fail(
      text,
      `is neither a quantity nor a setting of this architecture${near || '; quantities are params.total, params.active, flops.prefill, flops.decode, bytes_read.decode, cache.bytes, weights.bytes, memory.bytes and the others of cost --format json'}`,
    )
  }
}
