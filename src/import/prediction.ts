/**
 * Modules that predict further tokens (multi-token prediction) and stand in checkpoints beside the model: an extra module of
 * the document, made of the family's layers, which is counted where that is asked for.
 */
import { checkDocument } from '../architecture/check.ts'
import { ArchcostError, attempt } from '../architecture/errors.ts'
import { overrule } from '../architecture/prepare.ts'
import { picks } from '../architecture/layers.ts'
import type { Architecture, BlockUse, ExtraModule, Sublayer } from '../architecture/schema.ts'
import { extraParams } from '../engine/index.ts'
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

/** What they are called in a document. */
const name = 'mtp'

/**
 * The document with its modules for multi-token prediction as an extra one, which is not counted; all keys about them are
 * left out with what it holds.
 */
export function withPrediction(
  c: Reader,
  architecture: Architecture,
  family: Family | undefined,
): Architecture {
  const keys = c.keys().filter((key) => spoken.test(key))
  if (keys.length === 0) return architecture
  const size = sizeOf(c)
  if (size?.n_modules === 0) {
    c.ignore(...keys)
    return architecture
  }
  // Layers that cannot stand alone, as those of a decoder with cross-attention, are not known as modules.
  const found =
    size === null || family?.prediction === 'unknown'
      ? null
      : attempt(() => described(c, architecture, family, size))
  const is_left_out = 'multi-token prediction is not counted'
  if (found === null || found instanceof ArchcostError) {
    const why = `${is_left_out}: what it holds is not known`
    c.leaveOut(why, ...keys)
    c.log.note('info', sentence(why))
    return architecture
  }
  const why = `${is_left_out}: ${found.holds}, beside the model's own embedding and head; --with ${name} counts it`
  c.leaveOutExtra(name, why, ...keys)
  c.log.note('info', sentence(why), name)
  return found.document
}

const sentence = (why: string): string => `${why[0]!.toUpperCase()}${why.slice(1)}.`

function described(
  c: Reader,
  architecture: Architecture,
  family: Family | undefined,
  size: Size,
): { document: Architecture; holds: string } {
  const module = predictionModule(c, architecture, family, size)
  const document = { ...architecture, extra: [module] }
  const n_caches = attending(module)
  const params = formatExact(extraParams(checkDocument(document))[name]!)
  return {
    document,
    holds: `${params} parameters and ${n_caches} more layer${n_caches === 1 ? '' : 's'} of cache`,
  }
}

function predictionModule(
  c: Reader,
  architecture: Architecture,
  family: Family | undefined,
  { n_modules, n_layers }: Size,
): ExtraModule {
  const own = c.flag('mtp_use_dedicated_embeddings')
  const [table] = architecture.stacks.at(-1)!.input
  const head_vocab = table?.['vocab_size']
  const entrance = {
    block: 'next-token-module',
    ...(typeof head_vocab === 'number' && { head_vocab }),
  }
  // One table for all of them.
  const body =
    own && table ? { blocks: [{ ...table, share: `${name}-table` }, entrance] } : entrance
  return {
    name,
    n_layers: n_modules * n_layers,
    layer: [
      { name: 'entrance', block: null, except: [{ layers: { every: n_layers }, ...body }] },
      ...layerOf(c, architecture, family),
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
    const { before, after } = step
    return { ...gatedFfn(c), name: step.name, before, after }
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
const usesOf = ({ block, blocks = [] }: Sublayer): string[] => [
  ...(block ? [block] : []),
  ...blocks.map((use: BlockUse) => use.block),
]
const attends = (step: Sublayer): boolean => usesOf(step).some((block) => caching.has(block))

const attending = ({ n_layers, layer }: ExtraModule): number =>
  n_layers * layer.flatMap(usesOf).filter((block) => caching.has(block)).length
