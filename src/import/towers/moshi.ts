/** Moshi: behind the language model a small decoder says the codebooks of a step one by one, each with matrices of its own. */
import type { BlockUse } from '../../architecture/schema.ts'
import { halvedFfn, readsTextAlone } from '../families/streams.ts'
import { attention, block, heads, norms } from '../parts.ts'
import { steps } from '../stacks.ts'
import type { TowerFamily } from './tower-family.ts'

const depth_decoder = {
  hidden_size: 1024,
  num_hidden_layers: 6,
  num_attention_heads: 16,
  ffn_dim: 5632,
}

export const moshi: TowerFamily = {
  defaults: { vocab_size: 32000, hidden_size: 4096, audio_vocab_size: 2048, num_codebooks: 8 },
  ties: 'never',
  build: (c) => {
    if (readsTextAlone(c)) {
      const why = 'the class that is named does not build it'
      c.leaveOut(why, 'depth_decoder_config', 'audio_encoder_config')
      return []
    }
    const d = c.part('depth_decoder_config', depth_decoder)
    d.ignore('max_position_embeddings', 'sliding_window', 'tie_word_embeddings')
    // The outer config decides on what both decoders have in common.
    d.ignore('vocab_size', 'input_size', 'audio_vocab_size', 'num_codebooks')
    const n_codebooks = c.count('num_codebooks')
    const each = (use: BlockUse): BlockUse[] =>
      Array.from({ length: n_codebooks }, (_, at) => ({ ...use, name: `codebook-${at}` }))
    const audio_rows = c.count('audio_vocab_size')
    const table = (vocab_size: number, name: string): BlockUse => ({
      ...block('token-embedding', { vocab_size }),
      name,
    })
    return [
      {
        role: 'talker',
        n_layers: d.count('num_hidden_layers'),
        d_model: d.count('hidden_size'),
        input: [
          table(c.count('vocab_size') + 1, 'text'),
          // The last codebook is never read.
          table((n_codebooks - 1) * (audio_rows + 1), 'sound'),
          ...each(block('projection', { d_in: c.count('hidden_size') })),
        ],
        layer: steps(norms.rms, 'before', {
          mixer: { blocks: each(attention(d, { heads: heads(d), position: null })) },
          ffn: { blocks: each(halvedFfn(d)) },
        }),
        output: each(block('output-head', { vocab_size: audio_rows })),
      },
    ]
  },
  unmodelled: (c) => (readsTextAlone(c) || !c.has('audio_encoder_config') ? [] : ['codec']),
}
