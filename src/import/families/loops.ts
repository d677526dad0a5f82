/** Layers that are run several times over: stored once, with FLOPs and keys and values of every pass. */
import type { Sublayer } from '../../architecture/schema.ts'
import { countLayers, decoder, sandwich } from '../decoder.ts'
import { llamaDefaults, type Family } from '../family.ts'
import { attention, gatedFfn, norms } from '../parts.ts'

/** The same sublayers for `passes` rounds of `n_layers` layers. */
export const looped = (layer: readonly Sublayer[], n_layers: number, passes: number): Sublayer[] =>
  passes === 1
    ? [...layer]
    : layer.map((sublayer) => ({
        ...sublayer,
        share: `${sublayer.name}-0`,
        except: Array.from({ length: n_layers - 1 }, (_, before) => ({
          layers: { every: n_layers, offset: before + 1 },
          share: `${sublayer.name}-${before + 1}`,
        })),
      }))

/** Ouro: each pass may be the last; a gate says of each token whether it is. */
export const ouro: Family = {
  defaults: {
    ...llamaDefaults,
    vocab_size: 49152,
    hidden_size: 2048,
    intermediate_size: 5632,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    max_position_embeddings: 65536,
    rope_theta: 1000000,
    total_ut_steps: 4,
  },
  build: (c) => {
    c.ignore(
      'early_exit_threshold',
      'layer_types',
      'max_window_layers',
      'sliding_window',
      'use_sliding_window',
    )
    const [n_layers, passes] = [countLayers(c), c.count('total_ut_steps')]
    const model = decoder(
      c,
      looped(sandwich(norms.rms, attention(c), gatedFfn(c)), n_layers, passes),
      {
        n_layers: n_layers * passes,
      },
    )
    model.stacks[0]!.output.splice(1, 0, {
      block: 'projection',
      name: 'exit',
      d_out: 1,
      bias: true,
    })
    return model
  },
  unverified: true,
}
