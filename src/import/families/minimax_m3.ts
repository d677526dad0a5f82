/** MiniMax-M3: attention to blocks that an index picks, full in some layers; experts with a shared one, dense in some. */
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, denseOrSparse, type Layered } from '../layers.ts'
import { attention, gatedFfn, heads, moe, norms } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { rotary } from '../rope.ts'

type Kind = 'full_attention' | 'minimax_m3_sparse'

function kindsOf(c: Reader, index: Reader | null): Kind[] {
  const n_layers = countLayers(c)
  const marked = index?.marks('sparse_attention_freq', n_layers, {
    from: 'num_hidden_layers',
    kind: () => false,
  })
  const said = c.kinds('layer_types', n_layers, {
    from: 'sparse_attention_config.sparse_attention_freq',
    kind: (layer) => (marked?.[layer] ? 'minimax_m3_sparse' : 'full_attention'),
  })
  return said.map((kind): Kind => {
    if (kind === 'full_attention' || kind === 'minimax_m3_sparse') return kind
    throw c.wrong(
      'layer_types',
      `names "${kind.slice(0, 40)}"; full_attention or minimax_m3_sparse is expected`,
    )
  })
}

function mixer(c: Reader): Layered {
  const index = c.object('sparse_attention_config')
  index?.ignore(...costless)
  // Of layers that pick blocks, which a model may be without.
  c.ignore('index_n_heads', 'index_head_dim', 'index_block_size', 'index_topk_blocks')
  const indexed = (key: string, own: string): number =>
    index?.mentions(own) ? index.count(own, follows(key, c.count(key))) : c.count(key)
  const shape = heads(c)
  const position = rotary(c, shape.d_head, { d_rot: c.count('rotary_dim') })
  const dense = attention(c, { heads: shape, qk_norm: 'shared', position })
  return byKind(kindsOf(c, index), (kind) =>
    kind === 'full_attention'
      ? dense
      : {
          ...dense,
          block: 'block-sparse-attention',
          index_n_heads: indexed('index_n_heads', 'sparse_num_index_heads'),
          index_head_dim: indexed('index_head_dim', 'sparse_index_dim'),
          index_block_size: indexed('index_block_size', 'sparse_block_size'),
          index_topk_blocks: indexed('index_topk_blocks', 'sparse_topk_blocks'),
        },
  )
}

const costless = [
  'use_sparse_attention',
  'sparse_disable_index_value',
  'sparse_init_block',
  'sparse_local_block',
  'sparse_score_type',
]

function ffn(c: Reader): Layered {
  const n_layers = countLayers(c)
  const marked = c.marks('moe_layer_freq', n_layers, {
    from: 'num_hidden_layers',
    kind: () => true,
  })
  const said = c.kinds('mlp_layer_types', n_layers, {
    from: 'moe_layer_freq',
    kind: (layer) => (marked[layer]! ? 'sparse' : 'dense'),
  })
  const kinds = denseOrSparse(n_layers, (layer) => said[layer] !== 'dense')
  if (!kinds.includes('dense')) c.ignore('dense_intermediate_size')
  return byKind(kinds, (kind) =>
    kind === 'dense'
      ? gatedFfn(c, { width: c.count('dense_intermediate_size') })
      : moe(c, {
          width: c.count('intermediate_size'),
          shared: c.count('shared_intermediate_size'),
        }),
  )
}

export const minimax_m3: Family = {
  types: ['minimax_m3', 'minimax_m3_vl_text'],
  defaults: {
    vocab_size: 200064,
    hidden_size: 6144,
    intermediate_size: 3072,
    dense_intermediate_size: 12288,
    shared_intermediate_size: 3072,
    num_hidden_layers: 60,
    num_attention_heads: 64,
    num_key_value_heads: 4,
    head_dim: 128,
    rotary_dim: 64,
    max_position_embeddings: 524288,
    num_local_experts: 128,
    num_experts_per_tok: 4,
    index_n_heads: 4,
    index_head_dim: 128,
    index_block_size: 128,
    index_topk_blocks: 16,
    rope_theta: 5000000,
    hidden_act: 'silu',
    tie_word_embeddings: false,
  },
  build: (c) => {
    c.ignore('use_qk_norm', 'qk_norm_type', 'index_local_blocks', 'n_shared_experts')
    return decoder(c, preNorm(norms.rms, mixer(c), ffn(c)))
  },
}
