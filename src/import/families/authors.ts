/** Families that come with code of their authors: LLaMA with changes in biases, norms, experts or the order of a layer. */
import type { Architecture, BlockUse } from '../../architecture/schema.ts'
import { countLayers, decoder, parallel, preNorm } from '../decoder.ts'
import { llamaDefaults, type Family } from '../family.ts'
import { byKind, denseOrSparse } from '../layers.ts'
import { attention, biasesIf, block, gatedFfn, heads, moe, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { encoderOnly } from '../stacks.ts'
import { denseFirst, sharedExperts } from './deepseek.ts'
import { repeated } from './loops.ts'

/** DeepSeek's first mixture, with ordinary attention. */
export const deepseek: Family = {
  defaults: {
    ...llamaDefaults,
    vocab_size: 102400,
    hidden_size: 4096,
    moe_intermediate_size: 1407,
    num_hidden_layers: 30,
    num_attention_heads: 32,
    first_k_dense_replace: 0,
  },
  build: (c) => {
    if (c.count('moe_layer_freq', 1) !== 1)
      throw c.unsupported('moe_layer_freq', 'is not 1; experts in some layers are not modelled')
    const mixer = attention(c, { bias: biasesIf(c.flag('attention_bias')) })
    // Without experts it is LLaMA.
    const ffn = c.has('num_local_experts') ? denseFirst(c, () => sharedExperts(c)) : gatedFfn(c)
    return decoder(c, preNorm(norms.rms, mixer, ffn))
  },
  unverified: true,
}

/** A dense network beside the experts, as wide as the model, behind a norm of its own. */
export const arctic: Family = {
  defaults: {
    ...llamaDefaults,
    intermediate_size: 14336,
    num_local_experts: 8,
    num_experts_per_tok: 1,
    moe_layer_frequency: 2,
    parallel_attn_mlp_res: false,
  },
  build: (c) => {
    c.ignore(...arctic_costless)
    const n_layers = countLayers(c)
    const every = c.count('moe_layer_frequency')
    const width = c.count('intermediate_size')
    const beside = c.flag('parallel_attn_mlp_res')
    const experts = { ...moe(c, { width }), before: norms.rms }
    const dense = gatedFfn(c, { width: c.count('hidden_size') })
    const ffn = byKind(
      denseOrSparse(n_layers, (layer) => (layer + 1) % every === 0),
      (kind) => {
        if (kind === 'dense') return { ...gatedFfn(c), before: norms.rms }
        if (!beside) return experts
        return {
          blocks: [
            { ...experts, name: 'experts' },
            { ...dense, name: 'dense', before: norms.rms },
          ],
        }
      },
    )
    const mixer = { ...attention(c), name: 'mixer', before: norms.rms }
    return decoder(c, [mixer, { ...ffn, name: 'ffn' }])
  },
  unverified: true,
}

const arctic_costless = [
  'enable_expert_tensor_parallelism',
  'enc_index',
  'moe_eval_capacity_factor',
  'moe_min_capacity',
  'moe_token_dropping',
  'moe_train_capacity_factor',
  'quantization',
  'sliding_window',
  'use_residual',
]

/** A diffusion model: all tokens see all, and nothing is kept between steps. */
export const llada: Family = {
  types: ['llada'],
  bare: 'language',
  defaults: {
    vocab_size: 126464,
    hidden_size: 4096,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    max_position_embeddings: 4096,
    rope_theta: 500000,
    weight_tying: false,
    include_bias: false,
  },
  build: (c) => {
    if (c.has('num_local_experts')) return lladaMixture(c)
    c.ignore(...llada_costless)
    const shape = heads(c)
    const bias = c.flag('include_bias')
    const some = c.flag('include_qkv_bias')
    const width = c.count('mlp_hidden_size', 4 * c.count('hidden_size'))
    const [said, rows] = [c.count('vocab_size'), c.optionalCount('embedding_size')]
    const vocab_size = rows ?? said
    const mixer = attention(c, {
      heads: shape,
      bias: biasesIf(bias || some, bias ? 'qkvo' : 'qkv'),
    })
    return encoderOnly(
      c,
      {
        n_layers: countLayers(c),
        input: [block('token-embedding', { vocab_size })],
        layer: preNorm(norms.rms, mixer, gatedFfn(c, { width, bias })),
        output: [{ block: 'rmsnorm' }, block('output-head', { tied: c.flag('weight_tying') })],
      },
      c.count('max_position_embeddings'),
    )
  },
  unverified: true,
}

/** The model of experts says its own as later families do, and norms queries and keys. */
function lladaMixture(c: Reader): Architecture {
  c.ignore(...llada_costless, 'moe_router_enable_expert_bias')
  const dense = c.count('first_k_dense_replace', 0, 0)
  if (dense > 0 || c.wholeNumbers('moe_layer_freq', 1).includes(0))
    throw c.unsupported('moe_layer_freq', 'leaves layers without experts, which are not modelled')
  const mixer = attention(c, {
    bias: biasesIf(c.flag('attention_bias')),
    ...(c.flag('qk_layernorm') && { qk_norm: 'shared' }),
  })
  const experts = moe(c, {
    width: c.count('expert_intermediate_size'),
    shared: c.count('shared_expert_intermediate_size', 0, 0),
  })
  return encoderOnly(
    c,
    {
      n_layers: countLayers(c),
      input: [block('token-embedding', { vocab_size: c.count('vocab_size') })],
      layer: preNorm(norms.rms, mixer, experts),
      output: [{ block: 'rmsnorm' }, block('output-head', { tied: c.flag('tie_word_embeddings') })],
    },
    c.count('max_position_embeddings'),
  )
}

const llada_costless = [
  'activation_type',
  'alibi',
  'alibi_bias_max',
  'attention_layer_norm',
  'attention_layer_norm_with_affine',
  'bias_for_layer_norm',
  'block_group_size',
  'dense_intermediate_size',
  'block_type',
  'flash_attention',
  'input_emb_norm',
  'layer_norm_type',
  'layer_norm_with_affine',
  'mask_token_id',
  'mlp_ratio',
  'multi_query_attention',
  'rope',
  'rope_full_precision',
  'scale_logits',
]

/** Qwen2 that looks both ways, and makes its text by diffusion. */
export const dream: Family = {
  types: ['Dream', 'dream'],
  bare: 'language',
  defaults: {
    ...llamaDefaults,
    vocab_size: 151936,
    intermediate_size: 22016,
    num_key_value_heads: 32,
    max_position_embeddings: 32768,
  },
  build: (c) => {
    c.ignore(
      'use_mrope',
      'use_sliding_window',
      'sliding_window',
      'max_window_layers',
      'mask_token_id',
    )
    return encoderOnly(
      c,
      {
        n_layers: countLayers(c),
        input: [block('token-embedding', { vocab_size: c.count('vocab_size') })],
        layer: preNorm(norms.rms, attention(c, { bias: 'qkv' }), gatedFfn(c)),
        output: [
          { block: 'rmsnorm' },
          block('output-head', { tied: c.flag('tie_word_embeddings') }),
        ],
      },
      c.count('max_position_embeddings'),
    )
  },
  unverified: true,
}

export const orion: Family = {
  defaults: { ...llamaDefaults, vocab_size: 84608, hidden_size: 4096, intermediate_size: 15360 },
  build: (c) =>
    decoder(c, preNorm(norms.layer, attention(c), gatedFfn(c)), { final_norm: norms.layer }),
  unverified: true,
}

export const xverse: Family = {
  defaults: {
    ...llamaDefaults,
    vocab_size: 100278,
    hidden_size: 5120,
    intermediate_size: 13824,
    num_hidden_layers: 40,
    num_attention_heads: 40,
    max_position_embeddings: 8192,
  },
  build: (c) => {
    c.ignore('max_tokenizer_truncation')
    const ffn = c.has('num_local_experts') ? expertsOf(c) : gatedFfn(c)
    return decoder(c, preNorm(norms.rms, attention(c), ffn))
  },
  unverified: true,
}

/** Experts of the size that files of dense models give the network, beside several of that size which all tokens use. */
function expertsOf(c: Reader): BlockUse {
  const width = c.count('intermediate_size')
  return moe(c, { width, shared: c.count('n_shared_experts', 0, 0) * width })
}

/** Attention and FFN side by side under one norm; several query heads share a key and value head. */
export const plamo: Family = {
  defaults: {
    ...llamaDefaults,
    hidden_size: 4096,
    intermediate_size: 13312,
    n_shared_head: 8,
  },
  build: (c) => {
    const n_heads = c.count('num_attention_heads')
    const shared = c.count('n_shared_head')
    const n_kv_heads = c.derive(
      'num_key_value_heads',
      'num_attention_heads / n_shared_head',
      Math.ceil(n_heads / shared),
    )
    const d_head = c.count('hidden_size') / n_heads
    const shape = { n_heads, n_kv_heads, d_head, said: { n_kv_heads } }
    return decoder(c, parallel(norms.rms, attention(c, { heads: shape }), gatedFfn(c)))
  },
  unverified: true,
}

/** Biases where attention and FFN lead back. */
export const telechat: Family = {
  defaults: {
    ...llamaDefaults,
    vocab_size: 160256,
    hidden_size: 4096,
    intermediate_size: 12288,
    num_hidden_layers: 30,
    max_position_embeddings: 8192,
  },
  build: (c) => {
    c.ignore(
      'training_seqlen',
      'base_seqlen',
      'logn',
      'embed_layernorm',
      'unk_token_id',
      'hidden_dropout',
    )
    const mixer = attention(c, { bias: 'o' })
    return decoder(c, preNorm(norms.rms, mixer, gatedFfn(c, { down_bias: true })))
  },
  unverified: true,
}

/** GPT-2 with ALiBi and a gated FFN. */
export const jais: Family = {
  types: ['jais', 'btlm'],
  defaults: {
    vocab_size: 50257,
    hidden_size: 768,
    num_hidden_layers: 12,
    num_attention_heads: 12,
    max_position_embeddings: 1024,
    hidden_act: 'gelu',
    position_embedding_type: 'learned',
    tie_word_embeddings: true,
  },
  build: (c) => {
    c.ignore(
      'alibi_scaling',
      'mup_width_scale',
      'mup_embeddings_scale',
      'mup_output_alpha',
      'mup_scale_qk_dot_by_d',
      'width_scale',
      'embeddings_scale',
      'output_logits_scale',
    )
    const shape = heads(c, { split: true, grouped: false })
    const alibi = c.text('position_embedding_type', 'learned') === 'alibi'
    const gated = c.text('hidden_act', 'gelu') === 'swiglu'
    const width = c.count('intermediate_size', 4 * c.count('hidden_size'))
    const mixer = attention(c, {
      heads: shape,
      bias: 'qkvo',
      position: alibi ? block('alibi', {}) : null,
    })
    const ffn = block(gated ? 'gated-ffn' : 'ffn', { d_ff: width, ffn_bias: true })
    return decoder(c, preNorm(norms.layer, mixer, ffn), {
      final_norm: norms.layer,
      ...(!alibi && { positions: block('learned-positions', {}) }),
    })
  },
  unverified: true,
}

/** Blocks of keys in every other layer; counted as if all were looked at. */
export const phi3small: Family = {
  defaults: {
    vocab_size: 100352,
    hidden_size: 4096,
    intermediate_size: 14336,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    max_position_embeddings: 8192,
    rope_embedding_base: 1000000,
    tie_word_embeddings: true,
  },
  build: (c) => {
    c.ignore(...phi_costless)
    c.log.note(
      'warning',
      'Layers whose attention skips blocks of keys are counted as if they looked at all; their cache holds all.',
    )
    const width = c.optionalCount('ff_intermediate_size') ?? c.count('intermediate_size')
    const mixer = attention(c, { bias: 'qkvo' })
    return decoder(
      c,
      preNorm(norms.layer, mixer, gatedFfn(c, { width, bias: true, activation: 'gelu' })),
      {
        final_norm: norms.layer,
      },
    )
  },
  unverified: true,
}

const phi_costless = [
  'attention_bias',
  'blocksparse_block_size',
  'blocksparse_homo_head_pattern',
  'blocksparse_num_local_blocks',
  'blocksparse_triton_kernel_block_size',
  'blocksparse_vert_stride',
  'dense_attention_every_n_layers',
  'dummy_token_indices',
  'ff_dim_multiplier',
  'gegelu_limit',
  'hidden_act',
  'gegelu_pad_to_256',
  'mup_attn_multiplier',
  'mup_embedding_multiplier',
  'mup_use_scaling',
  'mup_width_multiplier',
  'pad_sequence_to_multiple_of_64',
  'reorder_and_upcast_attn',
  'rope_embedding_base',
  'rope_position_scale',
]

/** LLaMA for phones; each layer may be run twice in a row. */
export const mobilellm: Family = {
  defaults: llamaDefaults,
  build: (c) => {
    const tied = c.flag('share_embedding', c.flag('tie_word_embeddings'))
    const layer = preNorm(
      norms.rms,
      attention(c, { bias: biasesIf(c.flag('attention_bias')) }),
      gatedFfn(c, { bias: c.flag('mlp_bias') }),
    )
    if (!c.flag('layer_sharing')) return decoder(c, layer, { tied })
    const n_layers = countLayers(c)
    return decoder(c, repeated(layer, n_layers, 2), { tied, n_layers: 2 * n_layers })
  },
}
