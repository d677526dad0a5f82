/** LUKE: BERT's layers over words, with a table of entities, queries for pairs with entities, and a head that names them. */
import type { Family } from '../family.ts'
import { block } from '../parts.ts'
import { bertDefaults } from './bert.ts'
import { inWays } from './bert_ways.ts'

export const luke: Family = {
  labels: 'pooled',
  defaults: {
    ...bertDefaults,
    vocab_size: 50267,
    entity_vocab_size: 500_000,
    entity_emb_size: 256,
    use_entity_aware_attention: true,
  },
  build: (c) => {
    c.ignore('cls_entity_prediction')
    const n_entities = c.count('entity_vocab_size')
    const d_entity = c.count('entity_emb_size')
    const max_positions = c.count('max_position_embeddings')
    const mixer = block('entity-aware-attention', {
      n_heads: c.count('num_attention_heads'),
      entity_queries: c.flag('use_entity_aware_attention') ? undefined : 0,
    })
    const words = inWays(c, {
      mixer,
      pooler: true,
      // The first rows of the table of positions are those of padding.
      reserved: 2,
    })
    const [stack] = words.stacks
    const entities = block('entity-embeddings', {
      n_entities,
      d_entity,
      max_positions,
      n_types: c.count('type_vocab_size'),
    })
    const tied = c.flag('tie_word_embeddings')
    // The model code leaves the matrix of the words' scores untied whatever the flag says; it decides on that of the entities.
    const heads = [
      block('masked-lm-head', { tied: 0, idle_bias: !tied }),
      {
        ...block('entity-head', { n_entities, d_entity, ...(!tied && { tied: 0 }) }),
        name: 'head-entities',
      },
    ]
    return {
      ...words,
      stacks: [
        {
          ...stack!,
          input: [...stack!.input, entities],
          output: [...stack!.output.filter(({ block: of }) => of === 'pooler'), ...heads],
        },
      ],
    }
  },
}
