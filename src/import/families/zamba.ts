/** Zamba and Zamba2: layers of Mamba, some of which first pass through attention and an FFN that all of them share. */
import type { BlockUse, Exception, Sublayer } from '../../architecture/schema.ts'
import { countLayers, decoder } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, block, gatedFfn } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { rotary } from '../rope.ts'
import { mamba2Block, mambaBlock, prefixed } from './mamba.ts'

/**
 * Layers that pass through a shared block, counted from 0: as listed, else by the family's rule.
 * @param from the keys that the rule follows
 */
function hybridLayers(c: Reader, from: string, is_hybrid: (layer: number) => boolean): number[] {
  const said = c.kinds('layer_types', countLayers(c), {
    from,
    kind: (layer) => (is_hybrid(layer) ? 'hybrid' : 'mamba'),
  })
  c.ignore('hybrid_layer_ids', 'attn_layer_period', 'attn_layer_offset')
  const odd = said.find((kind) => !['mamba', 'linear_attention', 'hybrid'].includes(kind))
  if (odd !== undefined)
    throw c.wrong('layer_types', `names "${odd.slice(0, 40)}"; mamba or hybrid is expected`)
  return said.flatMap((kind, layer) => (kind === 'hybrid' ? [layer] : []))
}

/** Attention over the hidden state beside the embedding, so of twice the width. */
function sharedAttention(c: Reader, turned: boolean): BlockUse {
  const d_in = 2 * c.count('hidden_size')
  const n_heads = c.count('num_attention_heads')
  const n_kv_heads = c.count('num_key_value_heads', follows('num_attention_heads', n_heads))
  const d_head = c.count(
    'attention_head_dim',
    follows('2 * hidden_size / num_attention_heads', Math.trunc(d_in / n_heads)),
  )
  c.ignore('attention_hidden_size', 'kv_channels', 'num_query_groups')
  return attention(c, {
    heads: { n_heads, n_kv_heads, d_head, said: { n_kv_heads, d_head } },
    d_in,
    position: turned ? rotary(c, d_head) : null,
  })
}

interface Shared {
  /** What stands beside attention and beside the FFN in one of the shared blocks that is applied `times` times. */
  beside: (times: number) => { attention: BlockUse[]; ffn: BlockUse[] }
  attention: BlockUse
  ffn: BlockUse
}

/** The sublayers of a layer: the shared block that is its turn, a projection, Mamba. */
function layerOf(c: Reader, hybrid: number[], n_blocks: number, shared: Shared, mixer: BlockUse) {
  const wide = block('rmsnorm', { width: 2 * c.count('hidden_size') })
  // Untied tables untie the shared blocks as well: then every use stores its own.
  const is_shared = c.flag('tie_word_embeddings')
  const turns = Array.from({ length: Math.min(n_blocks, hybrid.length) }, (_, turn) =>
    hybrid.filter((_layer, use) => use % n_blocks === turn),
  )
  const inTurn = (
    name: string,
    before: BlockUse,
    uses: (times: number) => BlockUse[],
  ): Sublayer => ({
    name,
    block: null,
    except: turns.map((layers, turn): Exception => {
      const blocks = uses(layers.length)
      const body = blocks.length === 1 ? blocks[0]! : { blocks }
      return { layers, before, ...(is_shared && { share: `${name}-${turn}` }), ...body }
    }),
  })
  const layers: Sublayer[] = [
    inTurn('shared_attention', wide, (times) => [
      shared.attention,
      ...shared.beside(times).attention,
    ]),
    inTurn('shared_ffn', block('rmsnorm', {}), (times) => [
      shared.ffn,
      ...shared.beside(times).ffn,
    ]),
    {
      name: 'back',
      block: null,
      except: hybrid.length > 0 ? [{ layers: hybrid, block: 'projection' }] : [],
    },
    { ...mixer, name: 'mixer', before: 'rmsnorm' },
  ]
  return layers
}

const costless = [
  'hidden_mamba_act',
  'num_logits_to_keep',
  'time_step_floor',
  'time_step_limit',
  'time_step_max',
  'time_step_min',
  'use_mamba_kernels',
  'use_mem_eff_path',
  'mamba_headdim',
  'model_parallel',
]

export const zamba: Family = {
  defaults: {
    vocab_size: 32000,
    hidden_size: 3712,
    intermediate_size: 14848,
    num_hidden_layers: 76,
    num_attention_heads: 16,
    num_key_value_heads: 16,
    max_position_embeddings: 4096,
    hidden_act: 'gelu',
    attn_layer_period: 6,
    attn_layer_offset: 4,
    n_mamba_heads: 2,
    mamba_d_state: 16,
    mamba_d_conv: 4,
    mamba_expand: 2,
    mamba_conv_bias: true,
    tie_word_embeddings: true,
  },
  build: (c) => {
    c.ignore(...costless)
    const every = c.count('attn_layer_period')
    const offset = c.count('attn_layer_offset', 0, 0)
    // The first three layers stand outside the period.
    const hybrid = hybridLayers(
      c,
      'attn_layer_period, attn_layer_offset',
      (layer) => layer === 2 || (layer > 2 && (layer - 3) % every === offset),
    )
    const mixer = mambaBlock(c, prefixed, { n_ssm_heads: c.count('n_mamba_heads') })
    const shared: Shared = {
      attention: sharedAttention(c, false),
      ffn: gatedFfn(c),
      beside: () => ({ attention: [], ffn: [] }),
    }
    return decoder(c, layerOf(c, hybrid, 1, shared, mixer))
  },
}

/** Where the published sizes without a list of layers pass through a shared block. */
const usual = [6, 12, 18, 24, 30, 36, 42, 47, 51]
const usual_layers = 54

export const zamba2: Family = {
  defaults: {
    vocab_size: 32000,
    hidden_size: 2560,
    num_hidden_layers: 54,
    num_attention_heads: 32,
    max_position_embeddings: 4096,
    hidden_act: 'gelu',
    num_mem_blocks: 1,
    adapter_rank: 128,
    n_mamba_heads: 8,
    mamba_ngroups: 1,
    mamba_d_state: 64,
    mamba_d_conv: 4,
    mamba_expand: 2,
    chunk_size: 256,
    use_conv_bias: true,
    tie_word_embeddings: true,
  },
  build: (c) => {
    c.ignore(...costless, 'use_shared_mlp_adapter', 'use_conv_bias')
    const d_model = c.count('hidden_size')
    const d_ff = c.count('intermediate_size', follows('4 * hidden_size', 4 * d_model))
    const bias = c.flag('add_bias_linear')
    const rank = c.count('adapter_rank')
    const attending = sharedAttention(c, c.flag('use_mem_rope'))
    const adapted = c.flag('use_shared_attention_adapter')
    const adapter = (name: string, settings: Record<string, unknown>): BlockUse => ({
      ...block('low-rank-adapter', { rank, ...settings }),
      name,
    })
    const shared: Shared = {
      attention: attending,
      ffn: gatedFfn(c, { width: d_ff, bias }),
      // A shared block keeps an adapter for each time it is applied.
      beside: (n_adapters) => ({
        attention: adapted
          ? ['query', 'key', 'value'].map((each) =>
              adapter(`${each}_adapter`, { d_in: 2 * d_model, d_out: 2 * d_model, n_adapters }),
            )
          : [],
        ffn: [adapter('adapter', { d_out: 2 * d_ff, n_adapters })],
      }),
    }
    const mixer = mamba2Block(c, {
      expand: c.number('mamba_expand'),
      n_heads: 'n_mamba_heads',
      head_size: null,
      n_groups: c.count('mamba_ngroups'),
      d_state: c.count('mamba_d_state'),
      d_conv: c.count('mamba_d_conv'),
      chunk: c.count('chunk_size'),
      conv_bias: true,
      proj_bias: bias,
    })
    if (!c.has('layer_types') && countLayers(c) !== usual_layers)
      throw c.wrong(
        'layer_types',
        `is missing, and num_hidden_layers is ${countLayers(c)}; the list that the family takes then is of ${usual_layers} layers, so a list of mamba and hybrid (layers_block_type) is expected`,
      )
    const hybrid = hybridLayers(c, 'num_hidden_layers', (layer) => usual.includes(layer))
    return decoder(c, layerOf(c, hybrid, c.count('num_mem_blocks'), shared, mixer), {
      ...(c.flag('use_long_context') && { max_context: 16384 }),
    })
  },
}
