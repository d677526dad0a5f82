/** Llama 4: chunks with rotary embeddings, every fourth layer full and without positions, experts with a shared one. */
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, denseOrSparse, type Layered } from '../layers.ts'
import { partlyTurned, turningLayers } from '../nope.ts'
import { attention, biasesIf, gatedFfn, heads, moe, norms } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { rotary } from '../rope.ts'
import { everyLast, kindsOf, windowSize } from '../windows.ts'

function mixer(c: Reader): Layered {
  const shape = heads(c)
  const chunk = windowSize(c, 'attention_chunk_size')
  const bias = biasesIf(c.flag('attention_bias'))
  const turns = turningLayers(c)
  const kinds = kindsOf(c, (layer) => turns[layer]!, {
    from: 'no_rope_layers',
    other: 'chunked_attention',
  })
  return partlyTurned(kinds, turns, (kind, is_turned) =>
    attention(c, {
      heads: shape,
      bias,
      chunk: kind === 'full_attention' ? null : chunk,
      position: is_turned ? rotary(c, shape.d_head, { kind }) : null,
    }),
  )
}

function ffn(c: Reader): Layered {
  const n_layers = countLayers(c)
  const step = c.count('interleave_moe_layer_step')
  const listed = c.has('moe_layers')
  const usual = Array.from({ length: n_layers }, (_, layer) => layer).filter(
    (layer) => (layer + 1) % step === 0,
  )
  const sparse = c.numbers('moe_layers', follows('interleave_moe_layer_step', usual))
  const kinds = denseOrSparse(n_layers, (layer) => sparse.includes(layer))
  const width = c.count('intermediate_size')
  if (!kinds.includes('dense')) c.ignore('intermediate_size_mlp')
  return byKind(
    kinds,
    (kind) =>
      kind === 'sparse'
        ? moe(c, { width, shared: width })
        : gatedFfn(c, { width: c.count('intermediate_size_mlp') }),
    !listed && step > 1 ? { sparse: everyLast(step) } : {},
  )
}

export const llama4_text: Family = {
  defaults: {
    vocab_size: 202048,
    hidden_size: 5120,
    intermediate_size: 8192,
    intermediate_size_mlp: 16384,
    num_hidden_layers: 48,
    num_attention_heads: 40,
    num_key_value_heads: 8,
    head_dim: 128,
    max_position_embeddings: 131072,
    num_experts_per_tok: 1,
    num_local_experts: 16,
    interleave_moe_layer_step: 1,
    no_rope_layer_interval: 4,
    attention_chunk_size: 8192,
    rope_theta: 500000,
    tie_word_embeddings: false,
  },
  build: (c) => {
    // Its norm on queries and keys has no weights.
    c.ignore(
      'use_qk_norm',
      'attn_temperature_tuning',
      'floor_scale',
      'attn_scale',
      'for_llm_compressor',
    )
    return decoder(c, preNorm(norms.rms, mixer(c), ffn(c)))
  },
}
