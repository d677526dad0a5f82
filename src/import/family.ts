/** What a family of models is to the import. */
import type { Architecture } from '../architecture/schema.ts'
import type { Defaults, Reader } from './reader.ts'

export interface Family {
  /** What the family's configuration class takes for keys that a config leaves out. */
  defaults: Defaults
  build(c: Reader): Architecture
  /** Read from published code, but never held against a built model. */
  unverified?: true
}

/** Values that most configuration classes start from: those of the first LLaMA. */
export const llamaDefaults: Defaults = {
  vocab_size: 32000,
  hidden_size: 4096,
  intermediate_size: 11008,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  max_position_embeddings: 2048,
  tie_word_embeddings: false,
}
