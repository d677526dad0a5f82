/** LLaMA, and families that differ from it by a bias or a default. */
import { decoder, preNorm } from '../decoder.ts'
import { llamaDefaults, type Family } from '../family.ts'
import { attention, biasesIf, gatedFfn, heads, plainFfn, norms, type Heads } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { refuseSharedKeys } from '../refuse.ts'

const likeLlama = (c: Reader) =>
  decoder(
    c,
    preNorm(
      norms.rms,
      attention(c, { bias: biasesIf(c.flag('attention_bias')) }),
      gatedFfn(c, { bias: c.flag('mlp_bias') }),
    ),
  )

export const llama: Family = {
  types: ['llama', 'aquila', 'code_llama', 'emu3_text_model'],
  defaults: llamaDefaults,
  build: likeLlama,
}

export const yi: Family = {
  types: ['yi', 'Yi'],
  defaults: {
    ...llamaDefaults,
    vocab_size: 64000,
    num_key_value_heads: 4,
    max_position_embeddings: 4096,
    rope_theta: 5000000,
  },
  build: likeLlama,
}

/** Scales of embeddings, attention, residuals and logits cost nothing. */
export const granite: Family = {
  types: ['granite', 'granite4_vision_text'],
  defaults: llamaDefaults,
  build: likeLlama,
}

export const helium: Family = {
  defaults: {
    vocab_size: 48000,
    hidden_size: 2560,
    intermediate_size: 7040,
    num_hidden_layers: 24,
    num_attention_heads: 20,
    num_key_value_heads: 20,
    head_dim: 128,
    max_position_embeddings: 4096,
    rope_theta: 100000,
    tie_word_embeddings: false,
  },
  build: (c) => {
    const shape = heads(c)
    const d_model = c.count('hidden_size')
    // The matrix behind attention is square.
    if (shape.n_heads * shape.d_head !== d_model)
      throw c.wrong(
        'head_dim',
        `is ${shape.d_head}, and ${shape.n_heads} heads of that size are not ${d_model} wide, as the model code needs them to be`,
      )
    const bias = biasesIf(c.flag('attention_bias'), 'qkv')
    const ffn = gatedFfn(c, { bias: c.flag('mlp_bias') })
    return decoder(c, preNorm(norms.rms, attention(c, { heads: shape, bias }), ffn))
  },
}

export const seed_oss: Family = {
  defaults: {
    vocab_size: 155136,
    hidden_size: 4096,
    intermediate_size: 27648,
    num_hidden_layers: 64,
    num_attention_heads: 80,
    num_key_value_heads: 8,
    head_dim: 128,
    max_position_embeddings: 524288,
    attention_bias: true,
    tie_word_embeddings: false,
  },
  build: (c) => {
    const [inside, outside] = [c.flag('attention_bias'), c.flag('attention_out_bias')]
    const bias = inside ? (outside ? 'qkvo' : 'qkv') : outside ? 'o' : ''
    return decoder(
      c,
      preNorm(norms.rms, attention(c, { bias }), gatedFfn(c, { bias: c.flag('mlp_bias') })),
    )
  },
}

export const ernie4_5: Family = {
  types: ['ernie4_5', 'paddleocr_vl', 'paddleocr_vl_text'],
  defaults: {
    vocab_size: 103424,
    hidden_size: 1024,
    intermediate_size: 3072,
    num_hidden_layers: 18,
    num_attention_heads: 16,
    num_key_value_heads: 2,
    head_dim: 128,
    max_position_embeddings: 131072,
    rope_theta: 500000,
    tie_word_embeddings: true,
  },
  build: (c) => {
    const bias = c.flag('use_bias')
    return decoder(
      c,
      preNorm(norms.rms, attention(c, { bias: biasesIf(bias) }), gatedFfn(c, { bias })),
    )
  },
}

/** No gate: two matrices and a squared ReLU. */
export const arcee: Family = {
  defaults: {
    ...llamaDefaults,
    hidden_size: 2560,
    intermediate_size: 18432,
    max_position_embeddings: 4096,
    hidden_act: 'relu2',
  },
  build: (c) =>
    decoder(
      c,
      preNorm(
        norms.rms,
        attention(c, { bias: biasesIf(c.flag('attention_bias')) }),
        plainFfn(c, { bias: c.flag('mlp_bias') }),
      ),
    ),
}

export const cosmos3_edge_text: Family = {
  ...arcee,
  defaults: {
    ...arcee.defaults,
    vocab_size: 131072,
    hidden_size: 2048,
    intermediate_size: 9216,
    num_hidden_layers: 28,
    num_attention_heads: 16,
    num_key_value_heads: 8,
    head_dim: 128,
    max_position_embeddings: 131072,
  },
}

/** The activation has two learned scalars per layer. */
export const apertus: Family = {
  defaults: {
    ...llamaDefaults,
    vocab_size: 131072,
    intermediate_size: 14336,
    max_position_embeddings: 65536,
    hidden_act: 'xielu',
    rope_theta: 12000000,
    rope_scaling: {
      rope_type: 'llama3',
      rope_theta: 12000000,
      factor: 8,
      original_max_position_embeddings: 8192,
      low_freq_factor: 1,
      high_freq_factor: 4,
    },
  },
  build: (c) => {
    const learned = c.text('hidden_act', 'xielu') === 'xielu' ? { activation_params: 2 } : {}
    const mixer = attention(c, { bias: biasesIf(c.flag('attention_bias')), qk_norm: 'shared' })
    return decoder(c, preNorm(norms.rms, mixer, plainFfn(c, learned)))
  },
}

/** Further norms before the last matrix of attention and FFN. */
export const bitnet: Family = {
  defaults: {
    ...llamaDefaults,
    vocab_size: 128256,
    hidden_size: 2560,
    intermediate_size: 6912,
    num_hidden_layers: 30,
    num_attention_heads: 20,
    num_key_value_heads: 5,
    hidden_act: 'relu2',
    rope_theta: 500000,
  },
  build: (c) =>
    decoder(
      c,
      preNorm(
        norms.rms,
        attention(c, { bias: biasesIf(c.flag('attention_bias')), inner_norm: true }),
        gatedFfn(c, { inner_norm: true }),
      ),
    ),
}

function hunyuanDense(c: Reader, shape: Heads) {
  refuseSharedKeys(c)
  c.ignore('use_qk_norm')
  const bias = biasesIf(c.flag('attention_bias'))
  const mixer = attention(c, { heads: shape, bias, qk_norm: 'shared' })
  return decoder(c, preNorm(norms.rms, mixer, gatedFfn(c)))
}

export const hunyuan_v1_dense: Family = {
  defaults: { ...llamaDefaults, vocab_size: 290943 },
  build: (c) => hunyuanDense(c, heads(c)),
}

/** The same beside a vision tower, which may stand in the same object; tables are tied, and heads have another name. */
export const hunyuan_vl: Family = {
  types: ['hunyuan_vl', 'hunyuan_vl_text'],
  defaults: { ...hunyuan_v1_dense.defaults, tie_word_embeddings: true },
  build: (c) => {
    c.ignore('org_vocab_size')
    const shape = heads(c)
    const d_head = c.optionalCount('attention_head_dim')
    if (d_head === null) return hunyuanDense(c, shape)
    return hunyuanDense(c, { ...shape, d_head, said: { ...shape.said, d_head } })
  },
}

export const mimo: Family = {
  defaults: {
    vocab_size: 151680,
    hidden_size: 4096,
    intermediate_size: 11008,
    num_hidden_layers: 36,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    max_position_embeddings: 32768,
    rope_theta: 640000,
    tie_word_embeddings: false,
  },
  build: (c) =>
    decoder(
      c,
      preNorm(
        norms.rms,
        attention(c, { bias: biasesIf(c.flag('attention_bias', true), 'qkv') }),
        gatedFfn(c),
      ),
    ),
  unverified: true,
}
