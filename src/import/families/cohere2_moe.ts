/** Command A+: as Command R with windows, experts beside attention after the first dense layers. */
import { countLayers, decoder, parallelLayered } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, type Layered } from '../layers.ts'
import { attention, biasesIf, gatedFfn, heads, moe, norms, sideBySide } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { rotary, type LayerKind } from '../rope.ts'
import { allButEvery, kindsOf, windowSize } from '../windows.ts'

/** What attends and what stands beside it, by layer: "full_attention dense", for instance. */
function kinds(c: Reader, pattern_of_dense: number): string[] {
  const n_layers = countLayers(c)
  const first = c.count('first_k_dense_replace', 0, 0)
  const said = c.kinds('mlp_layer_types', n_layers, {
    from: 'first_k_dense_replace',
    kind: (layer) => (layer < first ? 'dense' : 'sparse'),
  })
  const [dense, sparse] = [pattern_of_dense, c.count('sliding_window_pattern')].map(allButEvery)
  const slides = (layer: number) => (layer < first ? dense!(layer) : sparse!(layer - first))
  const from = 'sliding_window_pattern, prefix_dense_sliding_window_pattern, first_k_dense_replace'
  return kindsOf(c, slides, { from }).map((kind, layer) => `${kind} ${said[layer]!}`)
}

function body(c: Reader): Layered {
  const shape = heads(c)
  const window = windowSize(c)
  const bias = biasesIf(c.flag('attention_bias'))
  const width = c.count('intermediate_size')
  const shared = c.count('n_shared_experts', 0, 0) * width
  const pattern_of_dense = c.count('prefix_dense_sliding_window_pattern')
  const layers = kinds(c, pattern_of_dense)
  if (!layers.some((each) => each.endsWith('dense'))) c.ignore('prefix_dense_intermediate_size')
  return byKind(layers, (each) => {
    const [kind, ffn] = each.split(' ') as [LayerKind, string]
    const slides = kind !== 'full_attention' && window !== null
    // Full layers go without positions, unless all dense ones are full.
    const turns = slides || (ffn === 'dense' && pattern_of_dense === 1)
    const attend = attention(c, {
      heads: shape,
      bias,
      ...(slides && { window }),
      position: turns ? rotary(c, shape.d_head, { kind }) : null,
    })
    const dense = () =>
      gatedFfn(c, {
        width: c.count('prefix_dense_intermediate_size', follows('intermediate_size', width)),
      })
    return sideBySide(attend, ffn === 'dense' ? dense() : moe(c, { width, shared }))
  })
}

export const cohere2_moe: Family = {
  defaults: {
    vocab_size: 256000,
    hidden_size: 8192,
    intermediate_size: 22528,
    num_hidden_layers: 40,
    num_attention_heads: 64,
    head_dim: 128,
    max_position_embeddings: 8192,
    sliding_window: 4096,
    sliding_window_pattern: 4,
    prefix_dense_sliding_window_pattern: 1,
    num_local_experts: 8,
    num_experts_per_tok: 2,
    tie_word_embeddings: true,
  },
  build: (c) => {
    c.ignore('shared_expert_combination_strategy', 'expert_selection_fn')
    const norm = c.has('rms_norm_eps') ? norms.rms : norms.scale_only
    return decoder(c, parallelLayered(norm, body(c)), { final_norm: norm })
  },
}
