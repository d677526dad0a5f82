/** Answers by the settings they depend on, each computed once: a search asks for the same ones again and again. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import type { SettingValue } from '../../vary/setting.ts'

/** Numbers that one table may keep. A larger one keeps only the answer that was asked for last. */
const mostKept = 1 << 21

export interface Table {
  lists: readonly (readonly SettingValue[])[]
  /** The settings that decide an answer, by index, and how far apart answers stand that differ by one digit. */
  depends: readonly number[]
  strides: readonly number[]
  /** Numbers in an answer. */
  width: number
  compute: (values: readonly SettingValue[]) => readonly number[]
  /** The numbers of all answers, one answer after another. */
  data: Float64Array
  /** By answer: 0 where it is not known yet, 1 where it stands in `data`, below 0 where there is none. */
  states: Int32Array
  /** Which answer is kept, where not all are. */
  kept: number | null
  /** The addresses of what is wrong: of an answer of state -1 the first. */
  problems: string[]
}

export function tableOf(
  depends: readonly number[],
  width: number,
  compute: Table['compute'],
  lists: Table['lists'],
): Table {
  const strides = depends.map((_, at) => sizeOf(depends.slice(at + 1), lists))
  const count = sizeOf(depends, lists)
  const keepsAll = count * Math.max(width, 1) <= mostKept
  const data = new Float64Array(keepsAll ? count * width : width)
  const states = new Int32Array(keepsAll ? count : 1)
  const kept = keepsAll ? null : -1
  return { lists, depends, strides, width, compute, data, states, kept, problems: [] }
}

const sizeOf = (settings: readonly number[], lists: Table['lists']): number =>
  settings.reduce((product, setting) => product * lists[setting]!.length, 1)

/** Which answer is that for these digits. @param digits by setting, the place of its value in its list */
export function indexOf({ depends, strides }: Table, digits: Int32Array): number {
  let index = 0
  for (let at = 0; at < depends.length; at++) index += strides[at]! * digits[depends[at]!]!
  return index
}

/** How far apart answers stand that differ by one digit of a setting; 0 where they do not depend on it. */
export const strideOf = ({ depends, strides }: Table, setting: number): number =>
  strides[depends.indexOf(setting)] ?? 0

/**
 * The answer of an index, which is that for these digits; computed where it is not known yet.
 * @returns where in `data` its first number stands, or below 0 where there is none: then `problemOf` tells why
 */
export function find(table: Table, index: number, digits: Int32Array): number {
  const { kept, states } = table
  if (kept === null) {
    const state = states[index]! || answerAnew(table, index, digits)
    return state > 0 ? index * table.width : state
  }
  table.kept = index
  if (index !== kept) states[0] = 0
  const state = states[0]! || answerAnew(table, 0, digits)
  return state > 0 ? 0 : state
}

export const problemOf = ({ problems }: Table, found: number): string => problems[-1 - found]!

/** @param at where the answer is kept */
function answerAnew(table: Table, at: number, digits: Int32Array): number {
  const { lists, data, states, width, problems } = table
  const answer = attempt(() => table.compute(lists.map((list, setting) => list[digits[setting]!]!)))
  if (answer instanceof ArchcostError) {
    const problem = answer.path ?? answer.message
    if (!problems.includes(problem)) problems.push(problem)
    return (states[at] = -1 - problems.indexOf(problem))
  }
  data.set(answer, at * width)
  return (states[at] = 1)
}
