/** FSMT, translation models of the WMT: BART's layers, a vocabulary for each language, sinusoids stored as tables. */
import type { Family } from '../family.ts'
import { block } from '../parts.ts'
import { encoderDecoder } from '../stacks.ts'
import { side, type Kin } from './bart.ts'

export const fsmt: Family = {
  defaults: {
    src_vocab_size: 42024,
    tgt_vocab_size: 42024,
    hidden_size: 1024,
    encoder_layers: 12,
    encoder_ffn_dim: 4096,
    encoder_attention_heads: 16,
    decoder_layers: 12,
    decoder_ffn_dim: 4096,
    decoder_attention_heads: 16,
    max_position_embeddings: 1024,
    hidden_act: 'relu',
    pad_token_id: 1,
    tie_word_embeddings: false,
  },
  build: (c) => {
    c.ignore('num_hidden_layers', 'num_attention_heads', 'langs', 'vocab_size')
    const tied = c.flag('tie_word_embeddings')
    const [from, to] = [c.count('src_vocab_size'), c.count('tgt_vocab_size')]
    if (tied && from !== to)
      throw c.wrong(
        'tie_word_embeddings',
        `is true, but the vocabularies have ${from} and ${to} tokens`,
      )
    const table = (vocab_size: number) =>
      block('token-embedding', { vocab_size, ...(tied && { share: 'embedding' }) })
    // Positions are counted from the one after that of padding.
    const kin: Kin = {
      place: 'after',
      embedding_norm: null,
      final_norm: null,
      reserved_positions: c.count('pad_token_id', 1, 0) + 1,
    }
    return encoderDecoder(
      c,
      side(c, 'encoder', kin, [table(from)], []),
      side(c, 'decoder', kin, [table(to)], [block('output-head', { tied })]),
      { max_context: c.count('max_position_embeddings') },
    )
  },
}
