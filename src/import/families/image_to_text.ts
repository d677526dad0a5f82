/** An encoder of images and a decoder of text: Pix2Struct, whose decoder looks at the patches, and GIT, where they stand before the text. */
import type { Stack } from '../../architecture/schema.ts'
import { nameOf } from '../decoder.ts'
import type { Family } from '../family.ts'
import { activation, block, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { plainAttention, steps } from '../stacks.ts'

const gated = (c: Reader) =>
  block('gated-ffn', {
    d_ff: c.count('d_ff'),
    activation: c.text('dense_act_fn', 'gelu_new').includes('relu') ? 'relu' : 'gelu',
  })

/** Patches of an image of any shape, each with its row and its column. */
function patchesOf(c: Reader): Stack {
  const heads = { n_heads: c.count('num_attention_heads'), d_head: c.count('d_kv') }
  const max_positions = c.count('seq_len')
  return {
    role: 'encoder',
    n_layers: c.count('num_hidden_layers'),
    d_model: c.count('hidden_size'),
    input: [
      block('patch-front-end', { d_patch: c.count('patch_embed_hidden_size'), matrix_bias: true }),
      { ...block('learned-positions', { max_positions }), name: 'rows' },
      { ...block('learned-positions', { max_positions }), name: 'columns' },
    ],
    layer: steps(norms.rms, 'before', { mixer: block('attention', heads), ffn: gated(c) }),
    output: [{ block: 'rmsnorm' }],
  }
}

/** T5's decoder with gated networks. Its heads share out the width, whatever `d_kv` says. */
function writtenBy(c: Reader, d_source: number, tied: boolean): Stack {
  c.ignore('d_kv', 'relative_attention_max_distance', 'dropout_rate')
  const n_heads = c.count('num_heads')
  const position = block('relative-bias', {
    num_buckets: c.count('relative_attention_num_buckets'),
    share: 'distances',
  })
  return {
    role: 'decoder',
    n_layers: c.count('num_layers'),
    d_model: c.count('hidden_size'),
    input: [block('token-embedding', { vocab_size: c.count('vocab_size') })],
    layer: steps(norms.rms, 'before', {
      mixer: block('attention', { n_heads, position }),
      cross: block('cross-attention', {
        n_heads,
        ...(d_source !== c.count('hidden_size') && { d_source }),
      }),
      ffn: gated(c),
    }),
    output: [{ block: 'rmsnorm' }, block('output-head', { tied })],
  }
}

/** Patches that the processor cuts an image into unless it is told otherwise. */
const usual_patches = 2048

export const pix2struct: Family = {
  whole: true,
  defaults: {},
  build: (c) => {
    c.ignore('is_vqa')
    const seen = c.part('vision_config', {
      hidden_size: 768,
      patch_embed_hidden_size: 768,
      d_ff: 2048,
      d_kv: 64,
      num_hidden_layers: 12,
      num_attention_heads: 12,
      seq_len: 4096,
    })
    seen.ignore('relative_attention_num_buckets', 'relative_attention_max_distance', 'dropout_rate')
    const text = c.part('text_config', {
      vocab_size: 50244,
      hidden_size: 768,
      d_ff: 2048,
      num_layers: 12,
      num_heads: 12,
      relative_attention_num_buckets: 32,
    })
    // The outer config decides.
    text.ignore('tie_word_embeddings')
    const tied = c.flag('tie_word_embeddings')
    const encoder = patchesOf(seen)
    return {
      name: nameOf(c),
      model_type: c.text('model_type', 'pix2struct'),
      d_model: text.count('hidden_size'),
      // Distances are told apart by ranges at any length.
      max_context: usual_patches,
      max_source: usual_patches,
      stacks: [encoder, writtenBy(text, encoder.d_model!, tied)],
    }
  },
}

/** CLIP's tower, its rows led to the width of the text. */
function clipOf(c: Reader, d_text: number): { encoder: Stack; n_patches: number } {
  const patch = c.count('patch_size')
  const n_patches = Math.floor(c.count('image_size') / patch) ** 2
  const d_model = c.count('hidden_size')
  return {
    n_patches,
    encoder: {
      role: 'encoder',
      n_layers: c.count('num_hidden_layers'),
      d_model,
      input: [
        block('patch-front-end', {
          d_patch: patch ** 2 * c.count('num_channels'),
          class_token: true,
        }),
        block('learned-positions', { max_positions: n_patches + 1 }),
        { block: 'layernorm' },
      ],
      layer: steps(norms.layer, 'before', {
        mixer: plainAttention(c.count('num_attention_heads')),
        ffn: block('ffn', {
          d_ff: c.count('intermediate_size'),
          ffn_bias: true,
          activation: activation(c, 'gelu'),
        }),
      }),
      output: [
        { block: 'layernorm' },
        block('projection', { d_out: d_text, bias: true }),
        block('layernorm', { name: 'projected', width: d_text }),
      ],
    },
  }
}

export const git: Family = {
  whole: true,
  defaults: {
    vocab_size: 30522,
    hidden_size: 768,
    num_hidden_layers: 6,
    num_attention_heads: 12,
    intermediate_size: 3072,
    max_position_embeddings: 1024,
    tie_word_embeddings: false,
  },
  build: (c) => {
    const d_model = c.count('hidden_size')
    const seen = c.part('vision_config', {
      hidden_size: 768,
      intermediate_size: 3072,
      num_hidden_layers: 12,
      num_attention_heads: 12,
      num_channels: 3,
      image_size: 224,
      patch_size: 16,
      hidden_act: 'quick_gelu',
    })
    seen.ignore('projection_dim')
    const { encoder, n_patches } = clipOf(seen, d_model)
    const frames = c.optionalCount('num_image_with_embedding')
    if (frames !== null)
      encoder.input.push({
        ...block('token-types', { n_types: frames }),
        name: 'frames',
      })
    c.log.note(
      'info',
      `The decoder sees what the encoder makes of an image, ${n_patches + 1} rows, before the text: they are part of the context.`,
    )
    return {
      name: nameOf(c),
      model_type: c.text('model_type', 'git'),
      d_model,
      max_context: c.count('max_position_embeddings'),
      max_source: n_patches,
      stacks: [
        encoder,
        {
          role: 'decoder',
          n_layers: c.count('num_hidden_layers'),
          input: [
            block('token-embedding', { vocab_size: c.count('vocab_size') }),
            block('learned-positions', {}),
            { block: 'layernorm' },
          ],
          layer: steps(norms.layer, 'after', {
            mixer: plainAttention(c.count('num_attention_heads')),
            ffn: block('ffn', {
              d_ff: c.count('intermediate_size'),
              ffn_bias: true,
              activation: activation(c, 'gelu'),
            }),
          }),
          output: [block('output-head', { tied: c.flag('tie_word_embeddings'), head_bias: true })],
        },
      ],
    }
  },
}
