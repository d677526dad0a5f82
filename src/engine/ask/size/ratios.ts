/** The ratios that make a family: how far a shape may be from them, and where one leaves them. */
import { formatExact } from '../../numbers.ts'
import type { Design } from '../../vary/variation.ts'
import { addressOf, valueAt } from './design-settings.ts'

export interface Ratio {
  label: string
  /** Addresses of what is divided by what. */
  of: string
  per: string
  value: number
  /** From here to there a shape is near it. */
  least: number
  most: number
}

/** Names of settings: what is divided by what. */
const known = [
  { label: 'width for each layer', of: 'd_model', per: 'n_layers' },
  { label: 'feed-forward width for each width', of: 'd_ff', per: 'd_model' },
  { label: 'expert width for each width', of: 'd_ff_expert', per: 'd_model' },
  { label: 'width for each head', of: 'd_model', per: 'n_heads' },
  { label: 'heads for each key-value head', of: 'n_heads', per: 'n_kv_heads' },
]

/**
 * Those that a family has; all but the first are of widths within a layer.
 * @param near how far others may be from them, as a factor
 */
export function ratiosOf(design: Design, near: number): Ratio[] {
  return known.flatMap(({ label, of, per }) => {
    const [upper, lower] = [siteOf(design, of), siteOf(design, per)]
    if (upper === undefined || lower === undefined) return []
    const value = readAt(design, upper) / readAt(design, lower)
    return [{ label, of: upper, per: lower, value, least: value / near, most: value * near }]
  })
}

const siteOf = (design: Design, name: string): string | undefined =>
  name === 'd_model' || name === 'n_layers' ? name : addressOf(design, name)

export const layersOf = ({ architecture }: Design): number => architecture.stacks.at(-1)!.n_layers

function readAt(design: Design, address: string): number {
  if (address === 'd_model') return design.architecture.d_model
  return address === 'n_layers' ? layersOf(design) : valueAt(design, address)
}

/** As a search reads it, that a layer keeps the ratios. Of the depth the budget decides how wide it is. */
export const conditionsOfRatios = ({ ratios }: { ratios: readonly Ratio[] }): string[] =>
  ratios
    .filter(({ per }) => per !== 'n_layers')
    .flatMap(({ of, per, least, most }) => [
      `${of} >= ${least} * ${per}`,
      `${of} <= ${most} * ${per}`,
    ])

/** Where a shape leaves the ratios of its family, in words. */
export const departuresOf = (design: Design, { ratios }: { ratios: readonly Ratio[] }): string[] =>
  ratios.flatMap(({ label, of, per, value, least, most }) => {
    const [upper, lower] = [readAt(design, of), readAt(design, per)]
    // As the conditions say it, so that no rounding tells the two apart.
    return upper >= least * lower && upper <= most * lower
      ? []
      : [`${label} ${short(upper / lower)}, where the family has ${short(value)}`]
  })

const short = (value: number): string => formatExact(Number(value.toPrecision(3)))
