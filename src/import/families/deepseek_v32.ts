/** DeepSeek V3.2 and GLM-5: latent attention to the tokens that a small indexer picks. */
import type { BlockUse } from '../../architecture/schema.ts'
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, type Layered } from '../layers.ts'
import { latentAttention, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { deepseek_v3, denseFirst, sharedExperts } from './deepseek.ts'

/** Latent attention with an indexer, its own or the one of a layer before. */
export function sparseAttention(c: Reader, own_indexer: boolean): BlockUse {
  return {
    ...latentAttention(c),
    block: 'sparse-latent-attention',
    index_n_heads: c.count('index_n_heads'),
    index_head_dim: c.count('index_head_dim'),
    index_topk: c.count('index_topk'),
    ...(!own_indexer && { own_indexer: false }),
  }
}

type Indexer = 'full' | 'shared'

/** Which layers run an indexer: as listed, as a pattern of letters, or every so many layers. */
export function indexersOf(c: Reader): Indexer[] {
  const n_layers = countLayers(c)
  const pattern = c.has('indexer_types') ? null : patternOf(c)
  const every = Math.max(c.count('index_topk_freq', 1, 0), 1)
  const offset = c.count('index_skip_topk_offset', 2, 0)
  const regular = (layer: number): Indexer =>
    Math.max(layer - offset + 1, 0) % every === 0 ? 'full' : 'shared'
  const listed = c.kinds('indexer_types', n_layers, {
    from: pattern ? 'index_topk_pattern' : 'index_topk_freq, index_skip_topk_offset',
    kind: (layer) => pattern?.[layer] ?? regular(layer),
  })
  return listed.map((said) => {
    if (said === 'full' || said === 'F') return 'full'
    if (said === 'shared' || said === 'S') return 'shared'
    throw c.wrong('indexer_types', `names "${said.slice(0, 40)}"; full or shared is expected`)
  })
}

const patternOf = (c: Reader): string[] | null => {
  const letters = c.letters('index_topk_pattern')
  return letters === null ? c.texts('index_topk_pattern') : letters.split('')
}

const build = (c: Reader, mixer: Layered) => {
  c.ignore('layer_types', 'ep_size', 'moe_layer_freq')
  return decoder(
    c,
    preNorm(
      norms.rms,
      mixer,
      denseFirst(c, () => sharedExperts(c)),
    ),
  )
}

export const deepseek_v32: Family = {
  defaults: {
    ...deepseek_v3.defaults,
    max_position_embeddings: 163840,
    index_n_heads: 64,
    index_head_dim: 128,
    index_topk: 2048,
  },
  build: (c) => build(c, sparseAttention(c, true)),
}

export const glm_moe_dsa: Family = {
  defaults: {
    ...deepseek_v32.defaults,
    vocab_size: 154880,
    hidden_size: 6144,
    intermediate_size: 12288,
    num_hidden_layers: 78,
    num_attention_heads: 64,
    q_lora_rank: 2048,
    qk_nope_head_dim: 192,
    v_head_dim: 256,
    max_position_embeddings: 202752,
    index_n_heads: 32,
  },
  build: (c) => {
    const mixer = byKind(indexersOf(c), (kind) => sparseAttention(c, kind === 'full'))
    return build(c, mixer)
  },
}
