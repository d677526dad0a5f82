/**
 * Modules that predict further tokens (multi-token prediction) and stand in checkpoints beside the model: an
 * architecture of their own, made of the family's layers, so that what is left out is said in numbers.
 */
import { attempt } from '../architecture/errors.ts'
import { overrule } from '../architecture/prepare.ts'
import { picks } from '../architecture/layers.ts'
import type { Architecture, BlockUse, Sublayer } from '../architecture/schema.ts'
import { evaluate, prepare } from '../engine/index.ts'
import { formatExact } from '../engine/numbers.ts'
import type { Family } from './family.ts'
import { gatedFfn } from './parts.ts'
import type { Reader } from './reader.ts'

/** Keys that count modules of one layer each, chained as in DeepSeek-V3. */
const moduleKeys = [
  'num_nextn_predict_layers',
  'num_mtp_layers',
  'num_mtp_modules',
  'mtp_num_layers',
  'num_mtp_heads',
]
/** Counts layers of one module. */
const layersKey = 'mtp_num_hidden_layers'
/** Layers of each of several modules. */
const layersOfEachKey = 'mtp_transformer_layers'

/** Every key that speaks of the modules. */
const spoken = /^(use_mtp$|mtp_|num_mtp_|num_nextn_)/

/** Notes what a config's modules hold, and leaves all keys about them out. */
export function leavePredictionOut(
  c: Reader,
  architecture: Architecture,
  family: Family | undefined,
): void {
  const keys = c.keys().filter((key) => spoken.test(key))
  if (keys.length === 0) return
  const size = sizeOf(c)
  if (size?.n_modules === 0) return c.ignore(...keys)
  // Layers that cannot stand alone, as those of a decoder with cross-attention, are not known as modules.
  const held =
    size === null || family?.prediction === 'unknown'
      ? null
      : attempt(() => holds(predictionModules(c, architecture, family, size)))
  const what =
    typeof held === 'string'
      ? `${held}, beside the model's own embedding and head`
      : 'what it holds is not known'
  c.leaveOut(`multi-token prediction is not counted: ${what}`, ...keys)
  c.log.note('info', `Multi-token prediction is not counted: ${what}.`)
}

function holds(modules: Architecture): string {
  const { params } = evaluate(prepare(modules))
  const n_caches = attending(modules)
  return `${formatExact(params.total)} parameters and ${n_caches} more layer${n_caches === 1 ? '' : 's'} of cache`
}

/** The modules as a stack of their own. */
function predictionModules(
  c: Reader,
  architecture: Architecture,
  family: Family | undefined,
  { n_modules, n_layers }: Size,
): Architecture {
  const own = c.flag('mtp_use_dedicated_embeddings')
  const [table] = architecture.stacks.at(-1)!.input
  const entrance = { layers: { every: n_layers }, block: 'next-token-module' }
  return {
    name: `${architecture.name}, multi-token prediction`,
    d_model: architecture.d_model,
    max_context: architecture.max_context,
    stacks: [
      {
        role: 'decoder',
        n_layers: n_modules * n_layers,
        input: own && table ? [table] : [],
        layer: [
          { name: 'entrance', block: null, except: [entrance] },
          ...layerOf(c, architecture, family),
        ],
        output: [],
      },
    ],
  }
}

interface Size {
  n_modules: number
  /** Of each. */
  n_layers: number
}

/** As the config says it; null where no key that is known does. */
function sizeOf(c: Reader): Size | null {
  const said = (key: string): number | null =>
    c.keys().includes(key) ? c.optionalCount(key, 0) : null
  if (c.keys().includes('use_mtp') && !c.flag('use_mtp')) return { n_modules: 0, n_layers: 0 }
  const layers = said(layersKey)
  if (layers !== null) return { n_modules: Math.min(layers, 1), n_layers: layers }
  const key = moduleKeys.find((each) => c.keys().includes(each))
  if (key === undefined) return null
  return { n_modules: said(key) ?? 0, n_layers: said(layersOfEachKey) || 1 }
}

/** The layer of a module: as the model's last that attends to all, unless the family says otherwise. */
function layerOf(c: Reader, architecture: Architecture, family: Family | undefined): Sublayer[] {
  const prediction = family?.prediction === 'unknown' ? undefined : family?.prediction
  const said = prediction?.layer?.(c)
  if (said) return said
  const { slides = false, dense = false } = prediction ?? {}
  const { layer, n_layers } = architecture.stacks.at(-1)!
  const layers = Array.from({ length: n_layers }, (_, back) =>
    layerAt(layer, n_layers - 1 - back, n_layers),
  )
  const likely =
    layers.find((each) =>
      each.some((step) => attends(step) && slides === Boolean(step['window'])),
    ) ??
    layers.find((each) => each.some(attends)) ??
    layers[0]!
  return likely.map((step): Sublayer => {
    if (!dense || step.name !== 'ffn') return step
    const { name, before, after } = step
    return { ...gatedFfn(c), name, before, after }
  })
}

/** The sublayers of one layer, as its exceptions have it, each with blocks of its own. */
const layerAt = (sublayers: readonly Sublayer[], index: number, n_layers: number): Sublayer[] =>
  sublayers.map((rule) => {
    const found = rule.except?.find(({ layers }) => picks(layers, index, n_layers))
    const { except: _, share: __, ...step } = found ? overrule(rule, found) : rule
    return step
  })

const caching = new Set([
  'attention',
  'latent-attention',
  'sparse-latent-attention',
  'compressed-attention',
])
const usesOf = ({ block: name, blocks = [] }: Sublayer): string[] => [
  ...(name ? [name] : []),
  ...blocks.map((use: BlockUse) => use.block),
]
const attends = (step: Sublayer): boolean => usesOf(step).some((name) => caching.has(name))

function attending({ stacks: [stack] }: Architecture): number {
  return stack!.n_layers * stack!.layer.flatMap(usesOf).filter((name) => caching.has(name)).length
}
