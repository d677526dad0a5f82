/** Modules beside a model, such as those of multi-token prediction: counted only where they are asked for. */
import { didYouMean } from '../formulas/index.ts'
import { ArchcostError } from './errors.ts'
import { picks } from './layers.ts'
import type { Architecture, Exception, ExtraModule, LayerPick, Stack, Sublayer } from './schema.ts'
import { overrule } from './sublayer.ts'

/**
 * A document in which some of its extra modules are counted: their layers follow the last one of the decoder, and stand
 * there as all others do.
 * @throws ArchcostError `unsupported` where there is no such module, or layers cannot follow
 */
export const withExtra = (document: Architecture, names: readonly string[]): Architecture =>
  names.reduce(withModule, document)

function withModule(document: Architecture, name: string): Architecture {
  const { extra = [], ...rest } = document
  const module = extra.find((each) => each.name === name)
  if (!module) return refuse(name, extra)
  const others = extra.filter((each) => each !== module)
  return {
    ...rest,
    ...(others.length > 0 && { extra: others }),
    stacks: document.stacks.map((stack) =>
      stack.role === 'decoder' ? followedBy(stack, module) : stack,
    ),
  }
}

function refuse(name: string, extra: readonly ExtraModule[]): never {
  const names = extra.map((each) => each.name)
  const known =
    names.length === 0 ? 'it has none' : didYouMean(name, names) || `it has ${names.join(', ')}`
  throw new ArchcostError('unsupported', `is no extra module of this model; ${known}`, name)
}

function followedBy(stack: Stack, { name, n_layers: more, layer }: ExtraModule): Stack {
  if (stack.depth_routing)
    throw new ArchcostError(
      'unsupported',
      'cannot follow layers that only some tokens enter',
      `extra.${name}`,
    )
  return {
    ...stack,
    n_layers: stack.n_layers + more,
    layer: [
      ...stack.layer.map((sublayer) => endingBefore(sublayer, more)),
      ...layer.map((sublayer) => inLast(sublayer, more, name)),
    ],
  }
}

/** A sublayer that none of the last few layers has. */
const endingBefore = (sublayer: Sublayer, more: number): Sublayer => ({
  ...sublayer,
  except: [
    { layers: { last: more }, block: null },
    ...(sublayer.except ?? []).map((each) => ({ ...each, layers: moved(each.layers, more) })),
  ],
})

const moved = (pick: LayerPick, more: number): LayerPick =>
  !Array.isArray(pick) && 'last' in pick ? { last: pick.last + more } : pick

/** A sublayer that only the last few layers have, each what it says of it: the first exception that holds is taken. */
function inLast({ except = [], ...rule }: Sublayer, more: number, module: string): Sublayer {
  const ofLayer = (layer: number): number =>
    except.findIndex(({ layers }) => picks(layers, layer, more))
  const rules: Exception[] = []
  for (let last = 1; last <= more; last++) {
    const match = ofLayer(more - last)
    if (last < more && ofLayer(more - last - 1) === match) continue
    const { name: _, except: __, ...body } = match < 0 ? rule : overrule(rule, except[match]!)
    rules.push({ ...body, layers: { last } })
  }
  return { name: `${module}-${rule.name}`, block: null, except: rules }
}
