/** Qwen and ChatGLM before their code was in the library: LLaMA's layers under names of their own. */
import { ArchcostError } from '../../architecture/errors.ts'
import { decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, block, gatedFfn, norms, type Biases } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary } from '../rope.ts'

/** `intermediate_size` counts gate and values together. */
export const qwen: Family = {
  defaults: {
    vocab_size: 151936,
    hidden_size: 4096,
    intermediate_size: 22016,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    kv_channels: 128,
    max_position_embeddings: 8192,
    rotary_emb_base: 10000,
    no_bias: true,
    tie_word_embeddings: false,
  },
  build: (c) => {
    const bias = !c.flag('no_bias')
    if (c.flag('use_dynamic_ntk'))
      c.leaveOut('frequencies are those within the trained context', 'use_dynamic_ntk')
    const n_heads = c.count('num_attention_heads')
    const d_head = c.count('kv_channels')
    const mixer = attention(c, {
      heads: { n_heads, n_kv_heads: n_heads, d_head, said: { d_head } },
      bias: bias ? 'qkvo' : 'qkv',
      position: rotary(c, d_head, { theta_key: 'rotary_emb_base' }),
    })
    const width = Math.floor(c.count('intermediate_size') / 2)
    return decoder(c, preNorm(norms.rms, mixer, gatedFfn(c, { width, bias, activation: 'silu' })))
  },
  unverified: true,
}

/** Biases of queries, keys and values, of all matrices, or none. */
const biasesOf = (c: Reader): Biases => {
  const [all, some] = [c.flag('add_bias_linear'), c.flag('add_qkv_bias')]
  return all ? 'qkvo' : some ? 'qkv' : ''
}

/** From the second generation on; half of each head is turned. */
export const chatglm: Family = {
  bare: 'language',
  defaults: {
    hidden_size: 4096,
    num_hidden_layers: 28,
    intermediate_size: 13696,
    kv_channels: 128,
    num_attention_heads: 32,
    max_position_embeddings: 2048,
    multi_query_group_num: 1,
    rmsnorm: true,
    post_layer_norm: true,
    add_bias_linear: false,
    rope_ratio: 1,
    tie_word_embeddings: false,
  },
  build: (c) => {
    if (!c.has('padded_vocab_size'))
      throw new ArchcostError(
        'unsupported',
        'is missing, as in the first ChatGLM, whose two-dimensional positions are not modelled',
        'padded_vocab_size',
      )
    c.ignore('vocab_size', 'original_rope', 'fp32_residual_connection', 'hidden_dropout')
    const n_heads = c.count('num_attention_heads')
    const d_head = c.count('kv_channels')
    const shared = c.flag('multi_query_attention')
    const n_kv_heads = shared ? c.count('multi_query_group_num') : n_heads
    const mixer = attention(c, {
      heads: { n_heads, n_kv_heads, d_head, said: { n_kv_heads, d_head } },
      bias: biasesOf(c),
      position: block('rotary', {
        name: 'full_attention',
        theta: 10000 * c.number('rope_ratio'),
        d_rot: d_head / 2,
      }),
    })
    const norm = c.flag('rmsnorm') ? norms.rms : norms.layer
    const ffn = gatedFfn(c, { bias: c.flag('add_bias_linear'), activation: 'silu' })
    return decoder(c, preNorm(norm, mixer, ffn), {
      vocab_key: 'padded_vocab_size',
      final_norm: c.flag('post_layer_norm') ? norm : null,
    })
  },
  unverified: true,
}
