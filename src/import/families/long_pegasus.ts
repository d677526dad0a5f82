/** PEGASUS for long texts: an encoder that sees blocks and a few rows for all (PEGASUS-X), or blocks drawn by lot (BigBird). */
import type { Sublayer } from '../../architecture/schema.ts'
import type { Family } from '../family.ts'
import { activation, block, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { encoderDecoder, plainAttention, plainCrossAttention, steps, type Ends } from '../stacks.ts'
import { commonTables } from './bart.ts'

const defaults = {
  vocab_size: 96103,
  hidden_size: 1024,
  encoder_layers: 16,
  encoder_ffn_dim: 4096,
  encoder_attention_heads: 16,
  decoder_layers: 16,
  decoder_ffn_dim: 4096,
  decoder_attention_heads: 16,
  tie_word_embeddings: true,
}

const networkOf = (c: Reader, role: 'encoder' | 'decoder') =>
  block('ffn', {
    d_ff: c.count(`${role}_ffn_dim`),
    ffn_bias: true,
    activation: activation(c, 'gelu'),
  })

/** What takes the biases off attention that has them unless said otherwise. */
const withBiases = (bias: boolean) =>
  bias ? {} : { q_bias: undefined, k_bias: undefined, v_bias: undefined, o_bias: undefined }

/** As PEGASUS has it, with biases in attention or without. */
function decoderOf(c: Reader, bias: boolean, positions: Ends['input']): Ends {
  const n_heads = c.count('decoder_attention_heads')
  return {
    n_layers: c.count('decoder_layers'),
    input: [...commonTables(c).decoder, ...positions],
    layer: steps(norms.layer, 'before', {
      mixer: plainAttention(n_heads, withBiases(bias)),
      cross: plainCrossAttention(n_heads, withBiases(bias)),
      ffn: networkOf(c, 'decoder'),
    }),
    output: [{ block: 'layernorm' }, block('output-head', { tied: c.flag('tie_word_embeddings') })],
  }
}

export const bigbird_pegasus: Family = {
  defaults: {
    ...defaults,
    hidden_act: 'gelu_new',
    max_position_embeddings: 4096,
    attention_type: 'block_sparse',
    block_size: 64,
    num_random_blocks: 3,
    use_bias: false,
  },
  build: (c) => {
    c.ignore('num_hidden_layers', 'num_attention_heads')
    const n_heads = c.count('encoder_attention_heads')
    const bias = c.flag('use_bias')
    const full = c.text('attention_type', 'block_sparse') === 'original_full'
    if (full) c.ignore('block_size', 'num_random_blocks')
    const mixer = full
      ? plainAttention(n_heads, withBiases(bias))
      : block('random-block-attention', {
          n_heads,
          block_size: c.count('block_size'),
          n_random: c.count('num_random_blocks'),
          ...(!bias && { qkv_bias: 0, o_bias: 0 }),
        })
    const max_positions = c.count('max_position_embeddings')
    const positions = [block('learned-positions', { max_positions })]
    return encoderDecoder(
      c,
      {
        n_layers: c.count('encoder_layers'),
        input: [...commonTables(c).encoder, ...positions],
        layer: steps(norms.layer, 'before', { mixer, ffn: networkOf(c, 'encoder') }),
        output: [{ block: 'layernorm' }],
      },
      decoderOf(c, bias, positions),
      { max_context: max_positions },
    )
  },
}

export const pegasus_x: Family = {
  defaults: {
    ...defaults,
    max_position_embeddings: 16384,
    num_global_tokens: 32,
    block_size: 512,
    stagger_local_blocks: true,
  },
  build: (c) => {
    c.ignore('num_hidden_layers', 'num_attention_heads')
    const n_global = c.count('num_global_tokens')
    const mixer: Sublayer = {
      ...block('block-and-global-attention', {
        n_heads: c.count('encoder_attention_heads'),
        block_size: c.count('block_size'),
        n_global,
      }),
      name: 'mixer',
      before: block('layernorm-over-rows', { beside: n_global, apart: true }),
      ...(c.flag('stagger_local_blocks') && {
        except: [{ layers: { every: 2, offset: 1 }, staggered: true }],
      }),
    }
    return encoderDecoder(
      c,
      {
        n_layers: c.count('encoder_layers'),
        input: [
          ...commonTables(c).encoder,
          { ...block('token-types', { n_types: n_global }), name: 'global-rows' },
        ],
        layer: [
          mixer,
          {
            ...block('ffn-over-rows', {
              d_ff: c.count('encoder_ffn_dim'),
              beside: n_global,
              activation: activation(c, 'gelu'),
            }),
            name: 'ffn',
            before: block('layernorm-over-rows', { beside: n_global }),
          },
        ],
        output: [{ block: 'layernorm' }],
      },
      decoderOf(c, false, []),
      { max_context: c.count('max_position_embeddings') },
    )
  },
}
