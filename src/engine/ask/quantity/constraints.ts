/** Conditions of a search: `params.total <= 8e9`, `memory.bytes <= 0.9 * L40S`, `cache.bytes at 131072 <= 4 GiB`, `d_model multiple of 128`, `n_heads <= 6 * n_kv_heads`. */
import { askedText } from '../../asked-text.ts'
import { ArchcostError } from '../../../architecture/errors.ts'
import type { Architecture } from '../../../architecture/schema.ts'
import { deviceNamed } from '../../hardware.ts'
import { NumberError, parseQuantity, type ReadNumber } from '../../read-number.ts'
import { parseMeasure, type Measure } from './measures.ts'

export interface Constraint {
  text: string
  left: Measure
  /** A number, or a measure of the same design, so many times. */
  right: number | Measure
  times: number
  relation: Relation
}

export const relations = {
  '<=': (left, right) => left <= right,
  '>=': (left, right) => left >= right,
  '<': (left, right) => left < right,
  '>': (left, right) => left > right,
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  'multiple of': (left, right) => left % right === 0,
} satisfies Record<string, (left: number, right: number) => boolean>
export type Relation = keyof typeof relations

/** By how much a condition is missed, relative to what is wanted; nothing is nearer to being divisible than anything else. */
export const missOf = (relation: Relation, left: number, right: number): number =>
  relation === 'multiple of' ? 1 : Math.abs(left - right) / Math.max(Math.abs(right), 1)

/** @throws ArchcostError where a text is no condition, or has no such quantity or setting */
export function parseConstraint(architecture: Architecture, said: string): Constraint {
  const text = askedText(said)
  const multiple = /^(.+?) (?:is a )?multiple of (.+)$/.exec(text)
  if (multiple) {
    const left = parseMeasure(architecture, multiple[1]!)
    const { right, times } = numberOrMeasure(architecture, text, multiple[2]!)
    if (typeof right === 'number' && right <= 0)
      throw new ArchcostError('invalid_workload', 'holds for nothing; name a number above 0', text)
    return { text, left, right, times, relation: 'multiple of' }
  }
  const reversed = /=<|=>/.exec(text)
  if (reversed)
    throw new ArchcostError(
      'invalid_workload',
      `has no relation ${reversed[0]}; write ${reversed[0] === '=<' ? '<=' : '>='}`,
      text,
    )
  const relation = /^(.+?) ?(<=|>=|==|!=|<|>) ?(.+)$/.exec(text)
  if (!relation)
    throw new ArchcostError(
      'invalid_workload',
      'is no condition; write one such as "params.total <= 8e9", "cache.bytes at 128k <= 4 GiB" or "d_model multiple of 128"',
      text,
    )
  const [, name, sign, wanted] = relation as unknown as [string, string, Relation, string]
  const left = parseMeasure(architecture, name)
  const side = numberOrMeasure(architecture, text, wanted, left)
  return { text, left, ...side, relation: sign }
}

function numberOrMeasure(
  architecture: Architecture,
  text: string,
  wanted: string,
  left?: Measure,
): Pick<Constraint, 'right' | 'times'> {
  try {
    const { value, unit } = parseProduct(wanted, left?.unit === 'byte')
    if (unit === 'byte' && left && left.unit !== 'byte')
      throw new ArchcostError(
        'invalid_workload',
        `${left.name} is no number of bytes, so it cannot be compared with ${wanted.trim()}`,
        text,
      )
    return { right: value, times: 1 }
  } catch (error) {
    if (!(error instanceof NumberError)) throw error
    return someTimes(architecture, wanted)
  }
}

/** A measure, or a number times a measure. */
function someTimes(
  architecture: Architecture,
  wanted: string,
): Pick<Constraint, 'right' | 'times'> {
  const [, factors, name] = /^([\d\s.*]+)\*(.+)$/.exec(wanted) ?? []
  if (factors === undefined) return { right: parseMeasure(architecture, wanted), times: 1 }
  return {
    right: parseMeasure(architecture, name!.trim()),
    times: parseProduct(factors, false).value,
  }
}

/** A number, or a product such as `0.9 * 80GiB`; of bytes also `2 * L40S`, where a device stands for its memory. */
function parseProduct(text: string, of_bytes: boolean): ReadNumber {
  const factors = text.split('*').map((factor): ReadNumber => {
    try {
      return parseQuantity(factor)
    } catch (error) {
      const device = of_bytes ? deviceNamed(factor) : undefined
      if (device === undefined) throw error
      return { value: device.memory, unit: 'byte' }
    }
  })
  return {
    value: factors.reduce((product, { value }) => product * value, 1),
    unit: factors.some(({ unit }) => unit === 'byte') ? 'byte' : null,
  }
}
