/** Rotary embeddings, in all the ways configs have said them. */
import { ArchcostError } from '../architecture/errors.ts'
import type { BlockUse } from '../architecture/schema.ts'
import type { Reader } from './reader.ts'
import { isPositive, show } from './values.ts'

export interface RotaryOptions {
  /** The kind of layers that use it: newer configs give each kind parameters of its own. */
  kind?: LayerKind
  /** The name of these layers' own parameters, if not their kind. */
  group?: string
  /** Whether `rope_scaling` concerns this kind, where it stands for all. */
  scaled?: boolean
  /** Where the base stands, if not in `rope_theta`. */
  theta_key?: string
  /** The base, where the family says it itself. */
  theta?: number
  /** Turned dimensions, where the family says them itself. */
  d_rot?: number
  /** Key heads that are turned, where that is not those of the attention. */
  n_kv_heads?: number
}

export const layerKinds = ['full_attention', 'sliding_attention', 'chunked_attention'] as const
export type LayerKind = (typeof layerKinds)[number]

/** The base of the paper, where neither config nor family says another. */
const usual_theta = 10000

/** A rotary embedding of heads of size `d_head`, or null where nothing is turned. */
export function rotary(c: Reader, d_head: number, options: RotaryOptions = {}): BlockUse | null {
  const { kind = 'full_attention', scaled = true, theta_key = 'rope_theta' } = options
  const own = parametersOf(c, options.group ?? kind, scaled)
  const theta = options.theta ?? number(c, own, 'rope_theta', theta_key, usual_theta)
  const share = options.d_rot === undefined ? shareOf(c, own) : 1
  // A number of turned dimensions goes before their share.
  if (options.d_rot !== undefined)
    for (const reader of [c, own]) reader?.ignore('partial_rotary_factor', 'rotary_pct')
  if (theta <= 1) throw c.wrong(theta_key, `is ${theta}; a base above 1 is expected`)
  const type = own === null ? 'default' : typeOf(own)
  if (own === null) c.ignore('original_max_position_embeddings')
  const whole = type === 'proportional'
  const d_rot = options.d_rot ?? (whole ? d_head : Math.trunc(d_head * share))
  if (d_rot === 0) return null
  return {
    block: 'rotary',
    name: kind,
    ...(options.n_kv_heads !== undefined && { d_head, n_kv_heads: options.n_kv_heads }),
    theta,
    ...(d_rot !== d_head && { d_rot }),
    ...axesOf(own),
    ...(own !== null && scaling(c, own, type)),
    ...(whole && { still_pairs: d_head / 2 - Math.floor((share * d_head) / 2) }),
  }
}

/** A token has three positions where time, row and column in an image turn dimensions of their own. */
function axesOf(own: Reader | null): { axes?: number } {
  const isSaid =
    own !== null &&
    (own.mentions('mrope_section') ||
      own.mentions('mrope_interleaved') ||
      own.text('rope_type', 'default') === 'mrope')
  return isSaid ? { axes: 3 } : {}
}

/** The object that holds the parameters of a kind of layers: its own, or the one for all. */
function parametersOf(c: Reader, group: string, scaled: boolean): Reader | null {
  const shared = c.object('rope_scaling')
  if (shared === null) return null
  if (shared.holdsObjects()) {
    // Those of kinds that no layer is of.
    shared.ignore(...shared.keys())
    return shared.object(group)
  }
  shared.ignore('max_position_embeddings')
  return scaled ? shared : null
}

function shareOf(c: Reader, own: Reader | null): number {
  const share = number(c, own, 'partial_rotary_factor', 'partial_rotary_factor', 1)
  if (share <= 1) return share
  throw c.wrong(
    'partial_rotary_factor',
    `is ${share}; a share of the head of at most 1 is expected`,
  )
}

/** A number that newer configs hold among the parameters, older ones beside them. */
function number(
  c: Reader,
  own: Reader | null,
  key: string,
  key_beside: string,
  usual: number,
): number {
  if (!own?.mentions(key)) return c.number(key_beside, usual)
  const said = own.optionalNumber(key)
  if (said === null) return own.derive(key, key_beside, c.number(key_beside, usual))
  c.ignore(key_beside)
  return said
}

/** Names of scalings -> those of the formula file. */
const types: Readonly<Record<string, string>> = {
  default: 'default',
  none: 'default',
  // Several position indices per token choose among the same frequencies.
  mrope: 'default',
  linear: 'linear',
  dynamic: 'dynamic',
  ntk: 'ntk',
  yarn: 'yarn',
  deepseek_yarn: 'yarn',
  longrope: 'longrope',
  su: 'longrope',
  llama3: 'llama3',
  proportional: 'proportional',
}

function typeOf(own: Reader): string {
  const said = own.text('rope_type', 'default')
  const type = Object.hasOwn(types, said) ? types[said]! : null
  if (type === null) {
    throw new ArchcostError(
      'unsupported',
      `the rotary scaling ${show(said)} is not modelled; known are ${Object.keys(types).join(', ')}`,
      'rope_scaling',
    )
  }
  // Early configs called scaling by per-dimension factors after another method.
  if (type === 'yarn' && own.mentions('short_factor') && own.mentions('long_factor'))
    return 'longrope'
  // A fixed stretch under the name of the dynamic one.
  if (type === 'dynamic' && own.has('alpha')) return 'ntk'
  return type
}

function scaling(c: Reader, own: Reader, type: string): Record<string, unknown> {
  switch (type) {
    case 'linear':
      return { scaling: 'linear', factor: own.number('factor') }
    case 'dynamic':
      own.ignore('original_max_position_embeddings')
      return { scaling: 'dynamic', factor: own.number('factor') }
    case 'ntk':
      own.ignore('factor', 'beta_fast', 'beta_slow', 'mscale', 'mscale_all_dim')
      return { scaling: 'ntk', factor: own.number(own.has('alpha') ? 'alpha' : 'factor') }
    case 'llama3':
      return {
        scaling: 'llama3',
        factor: own.number('factor'),
        original_context: originalContext(c, own),
        low_freq_factor: own.number('low_freq_factor', 1),
        high_freq_factor: own.number('high_freq_factor', 4),
      }
    case 'yarn':
      return yarn(c, own)
    case 'longrope':
      return longrope(c, own)
    case 'proportional': {
      const factor = own.optionalNumber('factor')
      own.ignore('original_max_position_embeddings')
      return factor === null ? {} : { scaling: 'linear', factor }
    }
    default:
      own.ignore('factor', 'original_max_position_embeddings')
      c.ignore('original_max_position_embeddings')
      return {}
  }
}

function yarn(c: Reader, own: Reader): Record<string, unknown> {
  const original_context = originalContext(c, own)
  // 0 says "none" here.
  const optional = (key: string, name = key): Record<string, number> => {
    const value = own.numberFrom0(key, null)
    return value === null || value === 0 ? {} : { [name]: value }
  }
  const usual = (key: string, otherwise: number): number =>
    own.numberFrom0(key, otherwise) || otherwise
  return {
    scaling: 'yarn',
    factor: own.optionalNumber('factor') ?? stretch(c, own, original_context),
    original_context,
    beta_fast: usual('beta_fast', 32),
    beta_slow: usual('beta_slow', 1),
    ...(own.flag('truncate', true) ? {} : { truncate: false }),
    ...optional('mscale'),
    ...optional('mscale_all_dim'),
    ...optional('attention_factor', 'fixed_attention_factor'),
  }
}

/** How much longer the context is than the original one. */
const stretch = (c: Reader, own: Reader, original_context: number): number =>
  own.derive(
    'factor',
    'max_position_embeddings / original_max_position_embeddings',
    c.count('max_position_embeddings') / original_context,
  )

function longrope(c: Reader, own: Reader): Record<string, unknown> {
  const original_context = originalContext(c, own)
  const factor = own.optionalNumber('factor')
  if (factor === null) stretch(c, own, original_context)
  const short = own.optionalNumber('short_mscale')
  const long = own.optionalNumber('long_mscale')
  if (short !== long)
    c.log.note(
      'warning',
      'rope_scaling has different temperatures for short and long contexts; that for long ones is used',
    )
  const said = own.optionalNumber('attention_factor') ?? long ?? short
  // Where the config has a factor of its own, the temperature follows it, not the ratio of the contexts.
  const follows =
    factor === null
      ? null
      : factor <= 1
        ? 1
        : Math.sqrt(1 + Math.log(factor) / Math.log(original_context))
  const fixed = said ?? follows
  return {
    scaling: 'longrope',
    original_context,
    short_factors: factors(own, 'short_factor'),
    long_factors: factors(own, 'long_factor'),
    ...(fixed !== null && { fixed_attention_factor: fixed }),
  }
}

function factors(own: Reader, key: string): number[] {
  const list = own.numbers(key)
  const odd = list?.find((factor): boolean => !isPositive(factor))
  if (list === null || odd !== undefined)
    throw own.wrong(
      key,
      `${odd === undefined ? 'is missing' : `has a factor of ${odd}, by which no frequency can be divided`}; a list with a factor above 0 for each pair of turned dimensions is expected`,
    )
  return list
}

/** The context before the extension: some configs say it outside, and then mean that. */
function originalContext(c: Reader, own: Reader): number {
  const key = 'original_max_position_embeddings'
  const beside = c.mentions(key) ? c.optionalCount(key, 2) : null
  if (beside !== null) {
    own.ignore(key)
    return beside
  }
  const inside = own.optionalCount(key, 2) ?? own.derive(key, whole, c.count(whole, undefined, 2))
  return c.mentions(key) ? c.derive(key, `rope_scaling.${key}`, inside) : inside
}

const whole = 'max_position_embeddings'
