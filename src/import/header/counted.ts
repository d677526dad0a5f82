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
  const counted = tensors.map((tensor): Counted => {
    const place = placeOf(tensor.name)
    const layer = place.of === 'layer' ? place.layer : null
    const inside = place.of === 'layer' ? place.inside : tensor.name
    return {
      tensor,
      weights: weightsOf(tensor, names, packing),
      place,
      inside,
      ...partOf(tensor, inside, place.of),
      extra: extraOf(tensor, layer, n_layers ?? Infinity),
    }
  })
  // A file of a tower alone holds nothing else to count.
  const alone = counted.every(({ extra }) => extra !== null)
  return alone ? counted.map((each) => (each.extra === 'tower' ? { ...each, extra: null } : each)) : counted // prettier-ignore
}
