/** The first GPT and CTRL, and the Japanese GPT-NeoX. */
import { countLayers, decoder, postNorm, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind } from '../layers.ts'
import { attention, block, fourfoldFfn, heads, norms, plainFfn } from '../parts.ts'
import { rotary } from '../rope.ts'

/** Norms after each step, and none at the end. */
export const openai_gpt: Family = {
  types: ['openai-gpt'],
  defaults: {
    vocab_size: 40478,
    max_position_embeddings: 512,
    hidden_size: 768,
    num_hidden_layers: 12,
    num_attention_heads: 12,
    tie_word_embeddings: true,
  },
  build: (c) => {
    c.ignore('afn')
    const mixer = attention(c, {
      heads: heads(c, { split: true, grouped: false }),
      bias: 'qkvo',
      position: null,
    })
    return decoder(c, postNorm(norms.layer, mixer, fourfoldFfn(c, { bias: true })), {
      positions: block('learned-positions', {}),
      final_norm: null,
    })
  },
}

/** Positions are computed; the tied head has a bias. */
export const ctrl: Family = {
  defaults: {
    vocab_size: 246534,
    max_position_embeddings: 256,
    hidden_size: 1280,
    dff: 8192,
    num_hidden_layers: 48,
    num_attention_heads: 16,
    hidden_act: 'relu',
    tie_word_embeddings: true,
  },
  build: (c) => {
    const mixer = attention(c, {
      heads: heads(c, { split: true, grouped: false }),
      bias: 'qkvo',
      position: null,
    })
    const ffn = plainFfn(c, { width: c.count('dff'), bias: true })
    return decoder(c, preNorm(norms.layer, mixer, ffn), {
      final_norm: norms.layer,
      head_bias: true,
    })
  },
}

/** No biases but one: that of the last layer's attention. */
export const gpt_neox_japanese: Family = {
  defaults: {
    vocab_size: 32000,
    hidden_size: 2560,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    intermediate_multiple_size: 4,
    max_position_embeddings: 2048,
    rotary_emb_base: 10000,
    tie_word_embeddings: true,
  },
  build: (c) => {
    const n_layers = countLayers(c)
    const shape = heads(c, { split: true, grouped: false })
    const position = rotary(c, shape.d_head, { theta_key: 'rotary_emb_base' })
    const mixer = byKind(
      Array.from({ length: n_layers }, (_, layer) => (layer === n_layers - 1 ? 'last' : 'other')),
      (kind) => attention(c, { heads: shape, position, o_bias: kind === 'last' ? 1 : 0 }),
      { last: { last: 1 } },
    )
    const width = c.count('intermediate_multiple_size') * c.count('hidden_size')
    return decoder(c, preNorm(norms.layer, mixer, plainFfn(c, { width })), {
      final_norm: norms.layer,
    })
  },
}
