/** Encoders and decoders from the years after BERT: XLM and FlauBERT, BERT as a decoder, CPM-Ant. */
import { decoder, nameOf, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { activation, attention, block, gatedFfn, norms } from '../parts.ts'
import { refuseCrossAttention } from '../refuse.ts'
import { plainAttention, plainCrossAttention, steps } from '../stacks.ts'
import { bertDefaults, bertLayer } from './bert.ts'

/** A table of languages is added where there are several. */
export const xlm: Family = {
  types: ['xlm', 'flaubert'],
  bare: 'language',
  defaults: {
    vocab_size: 30145,
    emb_dim: 2048,
    num_hidden_layers: 12,
    num_attention_heads: 16,
    n_langs: 1,
    max_position_embeddings: 512,
    use_lang_emb: true,
    tie_word_embeddings: true,
  },
  build: (c) => {
    c.ignore(...costless)
    if (c.flag('causal') || !c.flag('is_encoder', true))
      throw c.unsupported('is_encoder', 'says a decoder, which is not modelled for this family')
    const d_model = c.count('emb_dim')
    const n_langs = c.count('n_langs')
    const place = c.flag('pre_norm') ? 'before' : 'after'
    const mixer = plainAttention(c.count('num_attention_heads'))
    const ffn = block('ffn', { d_ff: 4 * d_model, ffn_bias: true })
    const languages = { ...block('token-types', { n_types: n_langs }), name: 'languages' }
    return {
      name: nameOf(c),
      model_type: c.text('model_type', 'xlm'),
      d_model,
      max_context: c.count('max_position_embeddings'),
      stacks: [
        {
          role: 'encoder',
          n_layers: c.count('num_hidden_layers'),
          input: [
            block('token-embedding', { vocab_size: c.count('vocab_size') }),
            block('learned-positions', {}),
            ...(n_langs > 1 && c.flag('use_lang_emb') ? [languages] : []),
            { block: 'layernorm' },
          ],
          layer: steps(norms.layer, place, { mixer, ffn }),
          output: [block('output-head', { tied: c.flag('tie_word_embeddings'), head_bias: true })],
        },
      ],
    }
  },
}

const costless = [
  'asm',
  'embed_init_std',
  'end_n_top',
  'gelu_activation',
  'init_std',
  'lang_id',
  'layerdrop',
  'mask_index',
  'mask_token_id',
  'n_words',
  'sinusoidal_embeddings',
  'start_n_top',
  'unk_index',
  'use_lang_emb',
  'bos_index',
  'eos_index',
  'pad_index',
]

export const bert_generation: Family = {
  types: ['bert-generation'],
  defaults: {
    ...bertDefaults,
    vocab_size: 50358,
    hidden_size: 1024,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    intermediate_size: 4096,
  },
  build: (c) => {
    refuseCrossAttention(c)
    const model = decoder(c, bertLayer(c), {
      positions: block('learned-positions', {}),
      embedding_norm: norms.layer,
      final_norm: null,
      head_bias: true,
    })
    // Untied, the code keeps the bias of the tied head beside that of the matrix.
    if (!c.flag('tie_word_embeddings'))
      model.stacks[0]!.output.push({
        ...block('learned-scale', { values: c.count('vocab_size') }),
        name: 'head-idle-bias',
      })
    return model
  },
}

/** Relative positions, one table of numbers for all layers, with rows for pairs of segments too; prompts have tokens. */
export const cpmant: Family = {
  defaults: {
    vocab_size: 30720,
    hidden_size: 4096,
    num_hidden_layers: 48,
    num_attention_heads: 32,
    dim_head: 128,
    dim_ff: 10240,
    segment_types: 32,
    prompt_types: 32,
    prompt_length: 32,
    position_bias_num_buckets: 512,
    position_bias_max_distance: 2048,
  },
  build: (c) => {
    c.ignore('tie_word_embeddings', 'init_std', 'eps', 'dropout_p')
    const n_types = c.count('segment_types')
    const [n_heads, d_head] = [c.count('num_attention_heads'), c.count('dim_head')]
    const num_buckets = c.count('position_bias_num_buckets') + n_types * n_types
    const mixer = attention(c, {
      heads: { n_heads, n_kv_heads: n_heads, d_head, said: { d_head } },
      position: block('relative-bias', { num_buckets, stored: 0 }),
    })
    const ffn = gatedFfn(c, { width: c.count('dim_ff'), activation: 'gelu' })
    const prompts = c.count('prompt_types') * c.count('prompt_length')
    const model = decoder(c, preNorm(norms.rms, mixer, ffn), {
      inputs: [
        block('token-types', { n_types }),
        { ...block('token-types', { n_types: prompts }), name: 'prompts' },
        block('distance-table', { n_heads, num_buckets }),
      ],
      tied: false,
      max_context: c.count('position_bias_max_distance'),
    })
    return model
  },
}

/** The decoder of a reader of text lines, which looks at what an encoder of images hands on. */
export const trocr: Family = {
  bare: 'language',
  defaults: {
    vocab_size: 50265,
    hidden_size: 1024,
    num_hidden_layers: 12,
    num_attention_heads: 16,
    intermediate_size: 4096,
    max_position_embeddings: 512,
    layernorm_embedding: true,
    use_learned_position_embeddings: true,
    tie_word_embeddings: true,
  },
  build: (c) => {
    c.ignore('scale_embedding', 'init_std')
    c.log.note(
      'warning',
      'The encoder stands outside of this config: keys and values of its output, and the work on them, are not counted.',
    )
    const n_heads = c.count('num_attention_heads')
    const d_source = c.optionalCount('cross_attention_hidden_size') ?? c.count('hidden_size')
    const max_positions = c.count('max_position_embeddings') + 2
    const learned = c.flag('use_learned_position_embeddings')
    const layer = steps(norms.layer, 'after', {
      mixer: plainAttention(n_heads),
      cross: plainCrossAttention(n_heads, { d_source }),
      ffn: block('ffn', {
        d_ff: c.count('intermediate_size'),
        ffn_bias: true,
        activation: activation(c, 'gelu'),
      }),
    })
    return decoder(c, layer, {
      ...(learned && { positions: block('learned-positions', { max_positions }) }),
      ...(c.flag('layernorm_embedding') && { embedding_norm: norms.layer }),
      final_norm: null,
    })
  },
}
