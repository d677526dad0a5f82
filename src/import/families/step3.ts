/** Step3: queries from two narrow matrices, one key and value head for all, many wide experts. */
import { ArchcostError } from '../../architecture/errors.ts'
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, denseOrSparse } from '../layers.ts'
import { attention, gatedFfn, moe, norms } from '../parts.ts'
import { rotary } from '../rope.ts'
import type { Reader } from '../reader.ts'

/** As a list, or as "4,5,6"; all but the first where nothing is said. */
function sparseLayers(c: Reader, n_layers: number): (layer: number) => boolean {
  const said = c.letters('moe_layers_enum')
  if (said === null) {
    const all = Array.from({ length: n_layers - 1 }, (_, layer) => layer + 1)
    const listed = c.numbers('moe_layers_enum', { from: 'num_hidden_layers', follows: all })
    return (layer) => listed.includes(layer)
  }
  const layers = said.split(',').map(Number)
  if (layers.some((layer) => !Number.isInteger(layer)))
    throw new ArchcostError(
      'invalid_config',
      `is "${said.slice(0, 40)}"; layers such as "4,5,6" are expected`,
      'moe_layers_enum',
    )
  return (layer) => layers.includes(layer)
}

export const step3_text: Family = {
  defaults: {
    vocab_size: 128815,
    hidden_size: 7168,
    intermediate_size: 18432,
    num_hidden_layers: 61,
    num_attention_heads: 64,
    head_dim: 256,
    share_q_dim: 2048,
    max_position_embedding: 65536,
    rope_theta: 500000,
    num_local_experts: 48,
    num_experts_per_tok: 3,
    moe_intermediate_size: 5120,
    share_expert_dim: 5120,
    tie_word_embeddings: false,
  },
  build: (c) => {
    c.ignore('num_attention_groups', 'max_seq_len', 'norm_expert_weight')
    const [n_heads, d_head] = [c.count('num_attention_heads'), c.count('head_dim')]
    const n_layers = countLayers(c)
    const said = { n_kv_heads: 1, d_head }
    const mixer = attention(c, {
      heads: { n_heads, ...said, said },
      q_rank: c.optionalCount('share_q_dim') ?? d_head,
      position: rotary(c, d_head),
    })
    const ffn = byKind(denseOrSparse(n_layers, sparseLayers(c, n_layers)), (kind) =>
      kind === 'dense' ? gatedFfn(c) : moe(c, { shared: c.count('share_expert_dim') }),
    )
    return decoder(c, preNorm(norms.rms, mixer, ffn), {
      max_context: c.count('max_position_embedding'),
    })
  },
  unverified: true,
}
