/** Layers that are run several times over: stored once, with FLOPs and keys and values of every pass. */
import type { Sublayer } from '../../architecture/schema.ts'
import { countLayers, decoder, preNorm, sandwich } from '../decoder.ts'
import { llamaDefaults, type Family } from '../family.ts'
import { attention, biasesIf, gatedFfn, norms } from '../parts.ts'
import { follows } from '../reader.ts'

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

/** The same sublayers where each layer is run `times` times in a row before the next. */
export const repeated = (layer: readonly Sublayer[], n_layers: number, times: number): Sublayer[] =>
  layer.map((sublayer) => ({
    ...sublayer,
    share: `${sublayer.name}-0`,
    except: Array.from({ length: n_layers - 1 }, (_, before) => ({
      layers: Array.from({ length: times }, (_each, run) => (before + 1) * times + run),
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

/** Two stacks: the lower is run several times between the runs of the upper, and all of that again. */
export const hrm_text: Family = {
  defaults: {
    ...llamaDefaults,
    vocab_size: 151808,
    hidden_size: 1536,
    intermediate_size: 4096,
    num_hidden_layers: 16,
    num_attention_heads: 12,
    head_dim: 128,
    H_cycles: 2,
    L_cycles: 3,
  },
  build: (c) => {
    c.ignore('L_bp_cycles', 'prefix_lm', 'embedding_scale')
    const [height, low, high] = [
      c.count('num_layers_per_stack', follows('num_hidden_layers', c.count('num_hidden_layers'))),
      c.count('L_cycles'),
      c.count('H_cycles'),
    ]
    const round = height * (low + 1)
    const bare = { block: 'rmsnorm', weight: false }
    const mixer = attention(c, { bias: biasesIf(c.flag('attention_bias')), output_gate: true })
    const each = Array.from({ length: height }, (_, layer) => layer)
    const layer = preNorm(bare, mixer, gatedFfn(c, { bias: c.flag('mlp_bias') })).map(
      (sublayer) => ({
        ...sublayer,
        share: `${sublayer.name}-low-0`,
        except: [
          ...each.map((at) => ({
            layers: { every: round, offset: height * low + at },
            share: `${sublayer.name}-high-${at}`,
          })),
          ...each.slice(1).map((at) => ({
            layers: { every: height, offset: at },
            share: `${sublayer.name}-low-${at}`,
          })),
        ],
      }),
    )
    return decoder(c, layer, {
      n_layers: round * high,
      inputs: [{ block: 'learned-scale', name: 'first-low-state' }],
      final_norm: bare,
    })
  },
}
