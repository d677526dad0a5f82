/** Tensors with their places: in which layer of which stack, how many weights, and whether they are no parameters. */
import type { Computed, ComputedLayer } from './computed.ts'
import { extraOf, type Extra } from './extra.ts'
import { placeOf, type Place } from './place.ts'
import { weightsOf, type Packing, type Tensor } from './tensor.ts'

export interface Sorted {
  tensor: Tensor
  weights: number
  place: Place
  extra: Extra | null
}

export function sortTensors(
  tensors: readonly Tensor[],
  packing: Packing,
  computed: Computed,
): Sorted[] {
  const names: ReadonlySet<string> = new Set(tensors.map(({ name }) => name))
  const sorted = tensors.map((tensor): Sorted => {
    const place = placeOf(tensor.name)
    const [layer, layers] =
      place.of === 'layer' ? [place.layer, computed.layers_of[stackOf(place, computed)]] : [null, 0]
    return {
      tensor,
      weights: weightsOf(tensor, names, packing),
      place,
      extra: extraOf(tensor, layer, layers),
    }
  })
  promoteBuffers(sorted, computed)
  return sorted
}

/** A layer whose name says no stack belongs to the only one. */
function stackOf(
  { stack }: { stack: 'encoder' | 'decoder' | null },
  { layers_of }: Computed,
): 'encoder' | 'decoder' {
  if (layers_of.encoder === 0) return 'decoder'
  return layers_of.decoder === 0 ? 'encoder' : (stack ?? 'decoder')
}

export const weightsIn = (some: readonly Sorted[]): number =>
  some.reduce((total, { weights }) => total + weights, 0)

/** By layer, in the order of the computed ones. */
export function byLayer(
  sorted: readonly Sorted[],
  computed: Computed,
): Map<ComputedLayer, Sorted[]> {
  const found = new Map(computed.layers.map((layer): [ComputedLayer, Sorted[]] => [layer, []]))
  const byName = new Map(computed.layers.map((layer) => [`${layer.stack} ${layer.layer}`, layer]))
  for (const each of sorted) {
    if (each.place.of !== 'layer') continue
    const layer = byName.get(`${stackOf(each.place, computed)} ${each.place.layer}`)
    if (layer) found.get(layer)!.push(each)
  }
  return found
}

/** The same values are buffers in one family and parameters in another: they are parameters where a layer lacks exactly them. */
function promoteBuffers(sorted: readonly Sorted[], computed: Computed): void {
  for (const [layer, here] of byLayer(sorted, computed)) {
    const buffers = here.filter(({ extra }) => extra === 'buffer')
    const rest = here.filter(({ extra }) => extra === null)
    if (buffers.length > 0 && layer.total - weightsIn(rest) === weightsIn(buffers))
      for (const each of buffers) each.extra = null
  }
}
