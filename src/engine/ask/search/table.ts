/** Answers by the values of the settings they depend on, since a search asks for the same ones again and again. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import type { SettingValue } from '../../vary/setting.ts'
import type { Term } from '../family/term.ts'

/** Choices of values whose answers are kept; of more, those that were asked for last. */
const mostKept = 1 << 17

export class Table {
  /** Which choice of values is looked at, with the first of the innermost setting. */
  at = 0
  readonly answers: Float64Array
  /** By slot, why there are no answers. */
  readonly problems: (ArchcostError | null)[]
  private readonly slots: number
  /** Which choice stands in each slot, counted from 1. */
  private readonly kept: Float64Array

  /**
   * @param count choices of values
   * @param width answers of each
   * @param stride how far apart choices are that differ in the innermost setting: 0 where it does not matter
   * @param compute the answers of the choice with that value of the innermost setting
   */
  constructor(
    count: number,
    readonly width: number,
    readonly stride: number,
    private readonly compute: (digit: number) => readonly number[],
  ) {
    this.slots = Math.min(count, mostKept)
    this.kept = new Float64Array(this.slots)
    this.answers = new Float64Array(this.slots * width)
    this.problems = Array.from({ length: this.slots }, () => null)
  }

  /** @returns the slot of the answers: they begin at so many times the width */
  find(digit: number): number {
    const choice = this.at + this.stride * digit
    const slot = choice < this.slots ? choice : choice % this.slots
    if (this.kept[slot] === choice + 1) return slot
    const found = attempt(() => this.compute(digit))
    this.kept[slot] = choice + 1
    this.problems[slot] = found instanceof ArchcostError ? found : null
    if (!(found instanceof ArchcostError)) this.answers.set(found, slot * this.width)
    return slot
  }
}

/** Tables that look at one choice of values for all settings. */
export class Tables {
  /** By setting: which of its values it has, and that value. */
  readonly digits: Int32Array
  readonly values: SettingValue[]
  /** By setting, the tables that depend on it, and how far apart in them its values are. */
  private readonly reached: { table: Table; stride: number }[][]

  /**
   * @param lists the values of each setting
   * @param order the settings from the outermost to the innermost
   */
  constructor(
    readonly lists: readonly (readonly SettingValue[])[],
    readonly order: readonly number[],
  ) {
    this.digits = new Int32Array(lists.length)
    this.values = lists.map(([first]) => first!)
    this.reached = lists.map(() => [])
  }

  /** A new table, of answers that depend on some of the settings. */
  of(depends: readonly number[], width: number, answer: Term['answers']): Table {
    const { lists, order, values } = this
    const innermost = order.at(-1)!
    const inOrder = order.filter((setting) => depends.includes(setting))
    let stride = inOrder.reduce((product, setting) => product * lists[setting]!.length, 1)
    const table = new Table(stride, width, Number(depends.includes(innermost)), (digit) => {
      values[innermost] = lists[innermost]![digit]!
      return answer(values)
    })
    for (const setting of inOrder) {
      stride /= lists[setting]!.length
      if (setting !== innermost) this.reached[setting]!.push({ table, stride })
    }
    return table
  }

  /** Gives a setting another of its values. */
  turn(setting: number, digit: number): void {
    const moved = digit - this.digits[setting]!
    for (const { table, stride } of this.reached[setting]!) table.at += stride * moved
    this.digits[setting] = digit
    this.values[setting] = this.lists[setting]![digit]!
  }
}
