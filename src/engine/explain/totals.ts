/** The totals of a model: which answers of its blocks each adds up, or which function of other totals it is. */
import { classes, questions } from '../../formulas/index.ts'

/** What a total is asked about: the model as stored, its prefill, or the decode step that sees the context. */
export type Occasion = 'model' | 'prefill' | 'decode'

export type Total = {
  /** As in the cost: `params.total`, `flops.prefill`. */
  name: string
  label: string
  unit: string
  why: string
} & (
  | {
      occasion: Occasion
      /** Questions added up, or one class of their answers. */ adds: readonly string[]
      of_class?: string
      /** What is added up are weights, each in the bytes of its format. */ weighed?:
        | 'stored'
        | 'read'
    }
  | {
      /** A shared function, of other totals and of the workload's bytes. */ calls: string
      of: readonly string[]
    }
)

export type Sum = Extract<Total, { adds: readonly string[] }>

/** What a scenario predicts of a total, under something that no model says. */
export interface Prediction {
  name: string
  label: string
  unit: string
  scenario: string
  quantity: string
  /** What must be said, and the scenario's name for it. */
  asks: { key: string; setting: string; example: string }
  /** The total it is predicted from, and the scenario's name for that. */
  of: { total: string; setting: string }
}

const question = (name: string): (typeof questions)[number] =>
  questions.find((each) => each.name === name)!

const adds = (
  name: string,
  label: string,
  occasion: Occasion,
  asked: readonly string[],
  why?: string,
  of_class?: string,
): Total => ({
  name,
  label,
  unit: question(asked[0]!).unit,
  why: why ?? question(asked[0]!).about,
  occasion,
  adds: asked,
  ...(of_class === undefined ? {} : { of_class }),
})
const readable = (name: string): string => name.replaceAll('_', ' ')
const everySetup = ['flops', 'setup_flops']

const fixed: readonly Total[] = [
  adds('params.total', 'Parameters', 'model', ['params']),
  adds('params.active', 'Active parameters', 'model', ['active_params']),
  {
    name: 'params.active_without_embedding',
    label: 'Active without the input table',
    unit: 'parameter',
    why: 'Looking up a row is no work.',
    calls: 'without_embedding',
    of: ['params.active', 'params.embedding', 'params.reused_embedding'],
  },
  {
    name: 'params.non_embedding',
    label: 'Parameters outside the tables',
    unit: 'parameter',
    why: 'What does not grow with the vocabulary.',
    calls: 'non_embedding',
    of: ['params.total', 'params.embedding', 'params.head'],
  },
  {
    name: 'params.active_non_embedding',
    label: 'Active outside the tables',
    unit: 'parameter',
    why: 'What one token uses and does not grow with the vocabulary.',
    calls: 'non_embedding',
    of: ['params.active', 'params.embedding', 'params.head'],
  },
  adds(
    'params.embedding',
    'Input table',
    'model',
    ['params'],
    'The input token table alone.',
    'embedding',
  ),
  adds(
    'params.head',
    'Output head',
    'model',
    ['params'],
    'What the head stores of its own; 0 where it is tied.',
    'head',
  ),
  adds('params.reused_embedding', 'Table used by the head', 'model', ['reused_embedding']),
  adds(
    'flops.prefill',
    'FLOPs of a prefill',
    'prefill',
    everySetup,
    'One pass over the whole context, with what is done once per sequence.',
  ),
  adds(
    'flops.decode',
    'FLOPs of a decode step',
    'decode',
    ['flops'],
    'The step that sees the whole context.',
  ),
  adds('flops.elementwise_prefill', 'Elementwise FLOPs of a prefill', 'prefill', [
    'elementwise_flops',
  ]),
  adds('flops.elementwise_decode', 'Elementwise FLOPs of a decode step', 'decode', [
    'elementwise_flops',
  ]),
  adds('bytes_read.decode_cache', 'Cache read by a decode step', 'decode', ['cache_read_bytes']),
  adds('bytes_written.decode_states', 'States written by a decode step', 'decode', [
    'state_write_bytes',
  ]),
  adds('cache.bytes', 'Cache', 'decode', ['cache_bytes']),
  adds('cache.by_runtime.transformers', 'Cache as transformers holds it', 'decode', [
    'cache_bytes_transformers',
  ]),
  adds('cache.by_runtime.unified_pages', 'Cache in unified pages', 'decode', [
    'cache_bytes_unified_pages',
  ]),
  adds('cache.by_runtime.expanded_latent', 'Cache with latents expanded', 'decode', [
    'cache_bytes_expanded_latent',
  ]),
  adds('activation_bytes', 'Activation bytes', 'prefill', ['activation_bytes']),
]

const inFormats = {
  stored: {
    all: 'weights.bytes',
    of_role: 'weights.by_role',
    label: 'Weights',
    occasion: 'model',
    why: 'Every stored parameter counts, those that a token does not use too.',
  },
  read: {
    all: 'bytes_read.decode_weights',
    of_role: 'bytes_read.decode_weights_by_role',
    label: 'Weights read by a decode step',
    occasion: 'decode',
    why: question('weights_read').about,
  },
} as const

/** Weights, all or those of one role, in the bytes of their formats. */
function weights(weighed: keyof typeof inFormats, role?: string): Total {
  const { all, of_role, label, occasion, why } = inFormats[weighed]
  const whole = { unit: 'byte', why, occasion, adds: [`weights_${weighed}`], weighed }
  return role === undefined
    ? { ...whole, name: all, label }
    : { ...whole, name: `${of_role}.${role}`, label: `${label}: ${readable(role)}`, of_class: role }
}

const memory: readonly Total[] = [
  weights('stored'),
  weights('read'),
  {
    name: 'bytes_read.decode',
    label: 'Weights and cache read by a decode step',
    unit: 'byte',
    why: 'What a step must move, and what bounds it while batches are small.',
    calls: 'read_bytes',
    of: ['bytes_read.decode_weights', 'bytes_read.decode_cache'],
  },
  {
    name: 'memory.bytes',
    label: 'Weights and cache',
    unit: 'byte',
    why: 'What serving takes; what a runtime needs to compute with comes on top.',
    calls: 'serving_bytes',
    of: ['weights.bytes', 'cache.bytes'],
  },
]

export const predictions: readonly Prediction[] = [
  {
    name: 'loss',
    label: 'Loss, predicted by a scaling law',
    unit: 'nat',
    scenario: 'scaling-law',
    quantity: 'loss',
    asks: { key: 'tokens', setting: 'training_tokens', example: '15T' },
    of: { total: 'params.active', setting: 'parameters' },
  },
]

/** Every total, those of single classes among them. */
export const totals: readonly Total[] = [
  ...fixed,
  ...memory,
  ...classes.role.map((role) =>
    adds(
      `params.by_role.${role}`,
      `Parameters: ${readable(role)}`,
      'model',
      ['params'],
      undefined,
      role,
    ),
  ),
  ...classes.format.map((role) => weights('stored', role)),
  ...classes.format.map((role) => weights('read', role)),
  ...classes.kind.map((kind) =>
    adds(
      `flops.prefill_by_kind.${kind}`,
      `Prefill FLOPs: ${kind}`,
      'prefill',
      everySetup,
      undefined,
      kind,
    ),
  ),
  ...classes.kind.map((kind) =>
    adds(
      `flops.decode_by_kind.${kind}`,
      `Decode FLOPs: ${kind}`,
      'decode',
      ['flops'],
      undefined,
      kind,
    ),
  ),
  ...classes.grows.map((grows) =>
    adds(`cache.${grows}`, `Cache: ${grows}`, 'decode', ['cache_bytes'], undefined, grows),
  ),
]

const byName = new Map(totals.map((each) => [each.name, each]))

/** What a group of the cost means when it is named alone. */
export const shortly: Readonly<Record<string, string>> = {
  params: 'params.total',
  cache: 'cache.bytes',
}

export const totalNamed = (name: string): Total | undefined =>
  byName.get(Object.hasOwn(shortly, name) ? shortly[name]! : name)

/** An encoder has no decode step and no cache. */
export const applies = (total: Total, { decoder }: { decoder: unknown }): boolean =>
  decoder !== undefined ||
  ('calls' in total
    ? total.of.every((name) => {
        const part = totalNamed(name)
        return part === undefined || applies(part, { decoder })
      })
    : total.occasion !== 'decode')

/** Why it does not. */
export const notOfEncoder = 'does not apply to an encoder, which has no decode step and no cache'
