/** OPT, XGLM and BioGPT: decoders in the manner of fairseq, with biases and two positions in reserve. */
import { decoder, postNorm, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, biasesIf, block, heads, norms, plainFfn } from '../parts.ts'
import { follows } from '../reader.ts'
import { refuseCrossAttention } from '../refuse.ts'

/** The first rows of the position table are those of padding. */
const reserved = 2

export const opt: Family = {
  defaults: {
    vocab_size: 50272,
    hidden_size: 768,
    num_hidden_layers: 12,
    intermediate_size: 3072,
    max_position_embeddings: 2048,
    num_attention_heads: 12,
    do_layer_norm_before: true,
    enable_bias: true,
    layer_norm_elementwise_affine: true,
    hidden_act: 'relu',
    tie_word_embeddings: true,
  },
  build: (c) => {
    const bias = c.flag('enable_bias')
    const norm = c.flag('layer_norm_elementwise_affine') ? norms.layer : norms.bare
    const before = c.flag('do_layer_norm_before')
    const mixer = attention(c, {
      heads: heads(c, { split: true }),
      bias: biasesIf(bias),
      position: null,
    })
    const layer = (before ? preNorm : postNorm)(norm, mixer, plainFfn(c, { bias }))
    const keeps_final = before && !c.flag('_remove_final_layer_norm')
    const d_model = c.count('hidden_size')
    const d_emb = c.count('word_embed_proj_dim', follows('hidden_size', d_model))
    return decoder(c, layer, {
      positions: positions(c.count('max_position_embeddings')),
      final_norm: keeps_final ? norm : null,
      d_emb,
    })
  },
}

const positions = (max: number) => block('learned-positions', { max_positions: max + reserved })

/** Positions are computed, not learned. */
export const xglm: Family = {
  defaults: {
    vocab_size: 256008,
    hidden_size: 1024,
    num_hidden_layers: 24,
    intermediate_size: 4096,
    num_attention_heads: 16,
    max_position_embeddings: 2048,
    tie_word_embeddings: true,
  },
  build: (c) => {
    refuseCrossAttention(c)
    const mixer = attention(c, { heads: heads(c, { split: true }), bias: 'qkvo', position: null })
    return decoder(c, preNorm(norms.layer, mixer, plainFfn(c, { bias: true })), {
      final_norm: norms.layer,
    })
  },
}

export const biogpt: Family = {
  defaults: {
    vocab_size: 42384,
    hidden_size: 1024,
    num_hidden_layers: 24,
    intermediate_size: 4096,
    num_attention_heads: 16,
    max_position_embeddings: 1024,
    tie_word_embeddings: true,
  },
  build: (c) => {
    const mixer = attention(c, { heads: heads(c, { split: true }), bias: 'qkvo', position: null })
    return decoder(c, preNorm(norms.layer, mixer, plainFfn(c, { bias: true })), {
      positions: positions(c.count('max_position_embeddings')),
      final_norm: norms.layer,
    })
  },
}
