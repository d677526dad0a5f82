/** What a setting is, wherever it stands. */
import type { SettingMeta } from '../../formulas/index.ts'
import type { Workload } from '../types.ts'
import type { Path } from './path.ts'
import type { Ranged } from './ranged.ts'
import type { Use } from './uses.ts'

/** A setting at its place: in a document, in the workload, or in a scenario. */
export interface Setting extends Ranged {
  label: string
  symbol?: string
  place: Place
}

export type Place =
  | { of: 'workload'; key: keyof Workload }
  /** Of a block, with the setting's name and what its formula file says. */
  | { of: 'block'; path: Path; use: Use; meta: SettingMeta }
  /** Of the document, a stack, or the layers an exception holds in. */
  | { of: 'document'; path: Path }
  /** Of a scenario. Its path is empty: no part of a document depends on it. */
  | { of: 'scenario'; path: Path; scenario: string; meta: SettingMeta }
