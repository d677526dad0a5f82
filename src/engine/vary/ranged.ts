/** What a formula file says of a setting's values. */
import type { SettingMeta } from '../../formulas/index.ts'

/** Which values something may have. */
export interface Ranged {
  /** `d_model`, `n_layers`, `mixer.n_heads`, `mixer.except[0].window`, `context`, `expert-parallelism.ep`. */
  address: string
  kind: 'whole' | 'number' | 'flag' | 'choice'
  min: number
  max: number
  /** Values of a choice. */
  of: readonly string[]
  /** Whether the name of a format means a number of bytes. */
  format: boolean
  /** Whether null is a value. */
  none: boolean
}

/** More than any setting of a model. */
export const most = 1e12

/** Undefined where the values are lists or blocks. */
export function rangeOf(meta: SettingMeta, address: string, highest = most): Ranged | undefined {
  const kind = kinds[meta.type]
  if (kind === undefined) return undefined
  return {
    address,
    kind,
    min: meta.min ?? (kind === 'whole' ? 1 : -highest),
    max: meta.max ?? highest,
    of: meta.of ?? [],
    format: false,
    none: meta.none !== undefined,
  }
}

const kinds: Partial<Record<SettingMeta['type'], Ranged['kind']>> = {
  count: 'whole',
  tokens: 'whole',
  number: 'number',
  flag: 'flag',
  choice: 'choice',
}
