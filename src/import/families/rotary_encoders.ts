/** Encoders that turn: EuroBERT, built like LLaMA, and Nomic's BERT with a gated FFN. */
import { preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, biasesIf, block, gatedFfn, heads, norms, plainFfn } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary } from '../rope.ts'
import { encoderOnly, steps } from '../stacks.ts'

export const eurobert: Family = {
  defaults: {
    vocab_size: 128256,
    hidden_size: 768,
    intermediate_size: 3072,
    num_hidden_layers: 12,
    num_attention_heads: 12,
    max_position_embeddings: 8192,
    rope_theta: 250000,
    tie_word_embeddings: false,
  },
  build: (c) => {
    c.ignore('classifier_pooling', 'clf_pooling')
    const mixer = attention(c, { bias: biasesIf(c.flag('attention_bias')) })
    return encoderOnly(
      c,
      {
        n_layers: c.count('num_hidden_layers'),
        input: [block('token-embedding', { vocab_size: c.count('vocab_size') })],
        layer: preNorm(norms.rms, mixer, gatedFfn(c, { bias: c.flag('mlp_bias') })),
        output: [
          { block: 'rmsnorm' },
          block('output-head', {
            tied: c.flag('tie_word_embeddings'),
            head_bias: c.flag('mlp_bias'),
          }),
        ],
      },
      c.count('max_position_embeddings'),
    )
  },
}

/** The FFN has one flag for each end; both ends alike is all that is modelled. */
function ffn(c: Reader) {
  const bias = c.flag('mlp_fc1_bias')
  if (bias !== c.flag('mlp_fc2_bias'))
    throw c.wrong('mlp_fc2_bias', `differs from mlp_fc1_bias, which is ${bias}; give both alike`)
  // The author's code names the gate with the activation, that of the library always has one.
  const gated = /glu|silu/.test(c.text('hidden_act', 'swiglu'))
  return (gated ? gatedFfn : plainFfn)(c, { bias })
}

/** Published as an embedding model, without the head that predicts masked words. */
export const nomic_bert: Family = {
  masked: () => [block('masked-lm-head', {})],
  defaults: {
    vocab_size: 30528,
    hidden_size: 768,
    intermediate_size: 3072,
    num_hidden_layers: 12,
    num_attention_heads: 12,
    max_position_embeddings: 2048,
    rotary_emb_base: 10000,
    rotary_emb_fraction: 1,
    type_vocab_size: 2,
    hidden_act: 'swiglu',
  },
  build: (c) => {
    c.ignore(...costless)
    for (const key of ['use_rms_norm', 'parallel_block', 'causal', 'num_experts'])
      if (c.flag(key)) throw c.wrong(key, 'is set; it is not modelled for this family')
    const { n_heads, d_head, said } = heads(c, { grouped: false })
    const position = rotary(c, d_head, {
      theta_key: 'rotary_emb_base',
      d_rot: Math.trunc(d_head * c.number('rotary_emb_fraction')),
    })
    const mixer = attention(c, {
      heads: { n_heads, n_kv_heads: n_heads, d_head, said },
      bias: biasesIf(c.flag('qkv_proj_bias')),
      position,
    })
    const multiple = c.count('pad_vocab_size_multiple', 1)
    const vocab_size = multiple * Math.ceil(c.count('vocab_size') / multiple)
    const n_types = c.count('type_vocab_size', 0, 0)
    return encoderOnly(
      c,
      {
        n_layers: c.count('num_hidden_layers'),
        input: [
          block('token-embedding', { vocab_size }),
          ...(n_types > 0 ? [block('token-types', { n_types })] : []),
          { block: 'layernorm' },
        ],
        layer: steps(norms.layer, c.flag('prenorm') ? 'before' : 'after', { mixer, ffn: ffn(c) }),
        output: [],
      },
      c.count('max_position_embeddings'),
    )
  },
}

/** A gated FFN whose last matrix alone has a bias; its authors call the family new. */
export const gte: Family = {
  types: ['gte', 'new'],
  defaults: {
    vocab_size: 250048,
    hidden_size: 768,
    intermediate_size: 3072,
    num_hidden_layers: 12,
    num_attention_heads: 12,
    max_position_embeddings: 8192,
    type_vocab_size: 1,
    hidden_act: 'gelu',
    rope_theta: 160000,
    tie_word_embeddings: true,
  },
  masked: (c) => [block('masked-lm-head', c.flag('tie_word_embeddings') ? {} : { tied: 0 })],
  build: (c) => {
    c.ignore(
      'layer_norm_type',
      'logn_attention_scale',
      'logn_attention_clip1',
      'pack_qkv',
      'unpad_inputs',
      'use_memory_efficient_attention',
    )
    const n_types = c.count('type_vocab_size', 0, 0)
    const mixer = attention(c, { heads: heads(c, { grouped: false }), bias: 'qkvo' })
    return encoderOnly(
      c,
      {
        n_layers: c.count('num_hidden_layers'),
        input: [
          block('token-embedding', { vocab_size: c.count('vocab_size') }),
          ...(n_types > 0 ? [block('token-types', { n_types })] : []),
          { block: 'layernorm' },
        ],
        layer: steps(norms.layer, 'after', { mixer, ffn: gatedFfn(c, { down_bias: true }) }),
        output: [],
      },
      c.count('max_position_embeddings'),
    )
  },
}

/** Protein models of today: norms over all queries and all keys. */
export const esmc: Family = {
  defaults: {
    vocab_size: 64,
    hidden_size: 2560,
    intermediate_size: 6912,
    num_hidden_layers: 80,
    num_attention_heads: 40,
    max_position_embeddings: 2048,
    tie_word_embeddings: false,
  },
  build: (c) => {
    // The matrix of the scores is untied whatever the flag says.
    c.ignore('mask_token_id', 'tie_word_embeddings')
    const mixer = attention(c, { bias: biasesIf(c.flag('attention_bias')), qk_norm: 'full' })
    return encoderOnly(
      c,
      {
        n_layers: c.count('num_hidden_layers'),
        input: [block('token-embedding', { vocab_size: c.count('vocab_size') })],
        layer: preNorm(norms.layer, mixer, gatedFfn(c, { bias: c.flag('mlp_bias') })),
        output: [norms.scale_only, block('masked-lm-head', { tied: 0 })],
      },
      c.count('max_position_embeddings'),
    )
  },
}

const costless = [
  'classifier_dropout',
  'dense_seq_output',
  'fused_bias_fc',
  'fused_dropout_add_ln',
  'last_layer_subset',
  'max_trained_positions',
  'mlm_prob',
  'resid_pdrop',
  'rotary_emb_interleaved',
  'rotary_emb_scale_base',
  'rotary_scaling_factor',
  'sequence_parallel',
  'tie_word_embeddings',
  'use_xentropy',
]
