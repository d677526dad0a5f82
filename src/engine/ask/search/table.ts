/** Answers by the values of the settings they depend on, since a search asks for the same ones again and again. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import type { SettingValue } from '../../vary/setting.ts'
import type { Values } from '../family/term.ts'

type Answer = (values: Values) => readonly number[]

/** Choices of values whose answers are kept; of more, those that were asked for last. */
const mostKept = 1 << 17

export class Table {
  /** Which choice of values is looked at, with the first of the innermost setting. */
  at = 0
  /** What was wrong with the last that was found to have no answers. */
  problem: ArchcostError | null = null
  readonly answers: Float64Array
  private readonly slots: number
  /** Which choice stands in each slot, counted from 1; negative where something is wrong with it. */
  private readonly kept: Float64Array
  private readonly problems = new Map<number, ArchcostError>()

  /**
   * @param count choices of values
   * @param width answers of each
   * @param stride how far apart choices are that differ in the innermost setting: 0 where it does not matter
   * @param compute the answers of the choice with that value of the innermost setting
   */
  constructor(
    count: number,
    private readonly width: number,
    readonly stride: number,
    private readonly compute: (digit: number) => readonly number[],
  ) {
    this.slots = Math.min(count, mostKept)
    this.kept = new Float64Array(this.slots)
    this.answers = new Float64Array(this.slots * width)
  }

  /** @returns where the answers of the choice begin; -1 where there are none, which `problem` says why */
  find(digit: number): number {
    const choice = this.at + this.stride * digit
    const slot = choice < this.slots ? choice : choice % this.slots
    if (this.kept[slot] === choice + 1) return slot * this.width
    if (this.kept[slot] !== -choice - 1) this.fill(slot, choice, digit)
    this.problem = this.problems.get(slot) ?? null
    return this.problem === null ? slot * this.width : -1
  }

  private fill(slot: number, choice: number, digit: number): void {
    const found = attempt(() => this.compute(digit))
    const is_wrong = found instanceof ArchcostError
    this.kept[slot] = is_wrong ? -choice - 1 : choice + 1
    if (is_wrong) this.problems.set(slot, found)
    else {
      this.problems.delete(slot)
      this.answers.set(found, slot * this.width)
    }
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
  of(depends: readonly number[], width: number, answer: Answer): Table {
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
