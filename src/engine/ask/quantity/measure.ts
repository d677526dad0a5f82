/** What is asked of designs, and the numbers that it is read from: sums over blocks, and settings as they come out. */
import type { Occasion } from '../../explain/totals.ts'
import type { Workload } from '../../types.ts'
import type { Setting, SettingValue } from '../../vary/setting.ts'
import type { Variation } from '../../vary/variation.ts'

export type Measure = {
  /** As asked for: `cache.bytes at 131072`. */
  name: string
  label: string
  unit: string
  columns: readonly Column[]
  /**
   * From the sums of the columns, in order, and the values of the settings that vary; null where it is that of the one column.
   * @throws ArchcostError where a scenario does not fit the design
   */
  read:
    | ((sums: readonly number[], varied: Variation, values: readonly SettingValue[]) => number)
    | null
} & (
  | { of: 'sums' }
  | { of: 'setting'; setting: Setting }
  /** A quantity of a scenario, and the settings of it that it says itself. */
  | { of: 'scenario'; scenario: string; says: readonly string[] }
)

export type Column = SumColumn | SettingColumn

/** A sum over blocks: of some slots of the contract, on one occasion. */
export interface SumColumn {
  of: 'sum'
  occasion: Occasion
  slots: readonly number[]
  /** The stacks that it is over, where these are not the language model's. */
  over?: string
  /** Weights, in bytes: the slots are those of `formatRoles`, or of one of them. */
  weighed?: { role: string | null }
  /** Each sequence of the batch has its own. */
  per_sequence: boolean
  /** What its workload has in the place of the design's. */
  at: Partial<Workload>
}

/** A setting as it comes out, as formulas read it. */
export interface SettingColumn {
  of: 'setting'
  setting: Setting
  /** What its workload has in the place of the design's. */
  at: Partial<Workload>
}
