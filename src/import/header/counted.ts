/** The tensors of a header, sorted: what is a parameter of the language model, where it stands and what it is part of. */
import { extraOf, placeOf, weightsOf, type Extra, type Packing, type Place, type Tensor } from '../verify/index.ts' // prettier-ignore
import { partOf, type Part, type Use } from './part.ts'

export interface Counted {
  tensor: Tensor
  weights: number
  place: Place
  /** The name after the layer's number. */
  inside: string
  part: Part
  use: Use
  /** Why it is no parameter of the model; null for one that is. */
  extra: Extra | null
}

/** @param n_layers without modules that predict further tokens; undefined where nothing says it */
export function countTensors(
  tensors: readonly Tensor[],
  packing: Packing,
  n_layers: number | undefined,
): Counted[] {
  const names: ReadonlySet<string> = new Set(tensors.map(({ name }) => name))
  const places = tensors.map(({ name }) => placeOf(name))
  const layers = n_layers ?? firstModule(places)
  const counted = tensors.map((tensor, index): Counted => {
    const place = places[index]!
    const layer = place.of === 'layer' ? place.layer : null
    const inside = place.of === 'layer' ? place.inside : tensor.name
    return {
      tensor,
      weights: weightsOf(tensor, names, packing),
      place,
      inside,
      ...partOf(tensor, inside, place.of),
      extra: extraOf(tensor, layer, layers),
    }
  })
  // A file of a tower alone holds nothing else to count.
  const alone = counted.every(({ extra }) => extra !== null)
  return alone ? counted.map((each) => (each.extra === 'tower' ? { ...each, extra: null } : each)) : counted // prettier-ignore
}

/** The first layer that joins two widths, as modules for further tokens do; they stand behind the model's own layers. */
function firstModule(places: readonly Place[]): number {
  const modules = places.flatMap((place) =>
    place.of === 'layer' && /(^|\.)(eh_proj|enorm|hnorm)(\.|$)/.test(place.inside)
      ? [place.layer]
      : [],
  )
  return Math.min(Infinity, ...modules)
}
