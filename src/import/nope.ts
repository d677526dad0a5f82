/** Layers that go without positions among layers that turn. */
import type { BlockUse } from '../architecture/schema.ts'
import { countLayers } from './decoder.ts'
import { byKind, type Layered } from './layers.ts'
import type { Reader } from './reader.ts'
import type { LayerKind } from './rope.ts'

/** Which layers turn: marked with 1 in `no_rope_layers`, else all but every n-th. */
export function turningLayers(c: Reader): boolean[] {
  const n_layers = countLayers(c)
  const period = c.count('no_rope_layer_interval', 4)
  return c.marks('no_rope_layers', n_layers, {
    from: 'no_rope_layer_interval',
    kind: (layer) => (layer + 1) % period !== 0,
  })
}

/** One body for each kind of layers, turned or not. */
export function partlyTurned(
  kinds: readonly LayerKind[],
  turns: readonly boolean[],
  bodyOf: (kind: LayerKind, is_turned: boolean) => BlockUse,
): Layered {
  const known = new Map<string, [LayerKind, boolean]>()
  const names = kinds.map((kind, layer) => {
    const name = `${kind} ${turns[layer]}`
    known.set(name, [kind, turns[layer]!])
    return name
  })
  return byKind(names, (name) => bodyOf(...known.get(name)!))
}
