/** As BART, with other places for norms and positions: Blenderbot, PLBart, MVP. */
import type { Family } from '../family.ts'
import { norms } from '../parts.ts'
import { bart, bartLike } from './bart.ts'

export const blenderbot: Family = {
  ...bartLike(
    { place: 'before', embedding_norm: null, final_norm: norms.layer, reserved_positions: 0 },
    {
      vocab_size: 8008,
      hidden_size: 2560,
      encoder_layers: 2,
      encoder_ffn_dim: 10240,
      encoder_attention_heads: 32,
      decoder_layers: 24,
      decoder_ffn_dim: 10240,
      decoder_attention_heads: 32,
      max_position_embeddings: 128,
    },
  ),
}

export const blenderbot_small: Family = {
  types: ['blenderbot-small'],
  ...bartLike(
    { place: 'after', embedding_norm: norms.layer, final_norm: null, reserved_positions: 0 },
    {
      hidden_size: 512,
      encoder_layers: 8,
      encoder_ffn_dim: 2048,
      decoder_layers: 8,
      decoder_ffn_dim: 2048,
      max_position_embeddings: 512,
    },
  ),
}

export const plbart: Family = {
  ...bartLike(
    { place: 'after', embedding_norm: norms.layer, final_norm: null, reserved_positions: 2 },
    {
      vocab_size: 50005,
      hidden_size: 768,
      encoder_layers: 6,
      encoder_ffn_dim: 3072,
      encoder_attention_heads: 12,
      decoder_layers: 6,
      decoder_ffn_dim: 3072,
      decoder_attention_heads: 12,
    },
  ),
}

/** Prompts are learned vectors that every layer would look at. */
export const mvp: Family = {
  defaults: { ...bart.defaults, vocab_size: 50267 },
  build: (c) => {
    if (c.flag('use_prompt')) throw c.wrong('use_prompt', 'is true; prompts are not modelled')
    c.ignore('prompt_length', 'prompt_mid_dim')
    return bart.build(c)
  },
}
