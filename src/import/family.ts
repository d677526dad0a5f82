/** What a family of models is to the import. */
import type { Architecture, BlockUse, Sublayer } from '../architecture/schema.ts'
import type { Defaults, Reader } from './reader.ts'

export interface Family {
  /** The values of `model_type` that it is known by, where that is not the one it is named after. */
  types?: readonly string[]
  /** What the family's configuration class takes for keys that a config leaves out. */
  defaults: Defaults
  /** The family that it is, where its class starts from other sizes and nothing else differs. */
  sized?: Family
  build(c: Reader): Architecture
  /** Read from published code, but never held against a built model. */
  unverified?: true
  /** What its class without a head ends in all the same; nothing unless said. */
  bare?: 'pooler' | 'language'
  /** Its class for pre-training tells of each token whether it was replaced, and scores no vocabulary. */
  pretraining?: 'replaced'
  /**
   * Its classes for labels have a head of their own making, which is not modelled; or the pooler, which stands in all of its
   * classes, is the dense layer before the labels.
   */
  labels?: 'own' | 'pooled'
  /**
   * What a layer of a module for multi-token prediction is, where it is not as the model's last that attends to all:
   * one that slides, one without experts, or another; or that nobody has published it.
   */
  prediction?: { slides?: true; dense?: true; layer?: (c: Reader) => Sublayer[] | null } | 'unknown'
  /** It reads the whole config: beside the part for text that of the encoder, which is a stack of the model and no tower. */
  whole?: true
  /** The head for masked words, where `build` leaves it out. */
  masked?: (c: Reader) => BlockUse[]
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
