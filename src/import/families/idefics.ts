/** Idefics: LLaMA, before whose layers others let tokens look at images. */
import type { Sublayer } from '../../architecture/schema.ts'
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, block, gatedFfn, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'

/** In every so many layers, attention to images and a network, each faded in by learned gates. */
function lookingAtImages(c: Reader): Sublayer[] {
  const n_layers = countLayers(c)
  const every = c.count('cross_layer_interval')
  if (n_layers % every !== 0)
    throw c.wrong(
      'cross_layer_interval',
      `is ${every}, which does not divide ${n_layers} layers evenly`,
    )
  const vector = c.text('alpha_type', 'float') === 'vector'
  const d_model = c.count('hidden_size')
  const seen = c.object('vision_config')
  const images = block('cross-attention', {
    n_heads: c.count('num_attention_heads'),
    d_source: seen?.count('embed_dim', 768) ?? 768,
    qk_norm: c.flag('qk_layer_norms') ? 'shared' : undefined,
    n_gates: 2 * (vector ? d_model : 1),
  })
  const layers = { every }
  return [
    { name: 'images', block: null, except: [{ layers, before: norms.rms, ...images }] },
    { name: 'images-ffn', block: null, except: [{ layers, before: norms.rms, ...gatedFfn(c) }] },
  ]
}

export const idefics: Family = {
  defaults: {
    vocab_size: 32_000,
    additional_vocab_size: 0,
    hidden_size: 4096,
    intermediate_size: 11_008,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    max_position_embeddings: 2048,
    tie_word_embeddings: false,
    cross_layer_interval: 1,
    alpha_type: 'float',
    qk_layer_norms: false,
  },
  build: (c) => {
    // How weights start out, which of them are trained, and keys of older versions that nothing reads.
    c.ignore('alpha_initializer', 'alphas_initializer_range', 'word_embed_proj_dim')
    c.ignore('freeze_text_module_exceptions', 'freeze_vision_module_exceptions')
    c.ignore('cross_layer_activation_function', 'max_new_tokens')
    const layer = [...lookingAtImages(c), ...preNorm(norms.rms, attention(c), gatedFfn(c))]
    const more_words = c.count('additional_vocab_size', undefined, 0)
    return decoder(c, layer, { more_words })
  },
}
