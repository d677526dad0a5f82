/** Llama-like families whose code is published beside their weights. */
import { decoder, preNorm } from '../decoder.ts'
import { llamaDefaults, type Family } from '../family.ts'
import { attention, biasesIf, block, gatedFfn, moe, norms } from '../parts.ts'
import { follows } from '../reader.ts'

const withBias = (c: Parameters<Family['build']>[0]) =>
  decoder(c, preNorm(norms.rms, attention(c, { bias: biasesIf(c.flag('bias')) }), gatedFfn(c)))

export const internlm: Family = {
  defaults: { ...llamaDefaults, vocab_size: 103168, bias: true },
  build: withBias,
  unverified: true,
}

export const internlm2: Family = internlm

export const internlm3: Family = {
  defaults: { ...llamaDefaults, vocab_size: 128512, max_position_embeddings: 32768 },
  build: (c) => {
    const bias = c.flag('bias')
    const inside = c.flag('qkv_bias')
    return decoder(
      c,
      preNorm(
        norms.rms,
        attention(c, { bias: inside ? (bias ? 'qkvo' : 'qkv') : bias ? 'o' : '' }),
        gatedFfn(c, { bias }),
      ),
    )
  },
  unverified: true,
}

export const exaone: Family = {
  defaults: {
    vocab_size: 102400,
    hidden_size: 2048,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    max_position_embeddings: 2048,
    tie_word_embeddings: true,
  },
  build: (c) =>
    decoder(
      c,
      preNorm(
        norms.rms,
        attention(c),
        gatedFfn(c, {
          width: c.count(
            'intermediate_size',
            follows('4 * hidden_size', 4 * c.count('hidden_size')),
          ),
        }),
      ),
    ),
  unverified: true,
}

export const minicpm: Family = {
  defaults: { ...llamaDefaults, tie_word_embeddings: true },
  build: (c) => {
    const n_experts = c.count('num_local_experts', 0, 0)
    const width = c.count('intermediate_size')
    const ffn = n_experts > 0 ? moe(c, { n_experts, width }) : gatedFfn(c)
    return decoder(
      c,
      preNorm(norms.rms, attention(c, { bias: biasesIf(c.flag('attention_bias')) }), ffn),
    )
  },
  unverified: true,
}

/** The larger models use ALiBi, and say how long they are under another key alone. */
export const baichuan: Family = {
  defaults: { ...llamaDefaults, vocab_size: 64000 },
  build: (c) => {
    const has_alibi = c.has('model_max_length') && !c.has('max_position_embeddings')
    const mixer = attention(c, has_alibi ? { position: block('alibi', {}) } : {})
    return decoder(
      c,
      preNorm(norms.rms, mixer, gatedFfn(c)),
      has_alibi ? { max_context: c.count('model_max_length') } : {},
    )
  },
  unverified: true,
}
