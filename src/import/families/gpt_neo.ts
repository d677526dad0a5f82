/** GPT-Neo: every second layer looks only at its neighbourhood. */
import { ArchcostError } from '../../architecture/errors.ts'
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind } from '../layers.ts'
import { attention, block, fourfoldFfn, heads, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { show } from '../values.ts'

export const gpt_neo: Family = {
  defaults: {
    vocab_size: 50257,
    max_position_embeddings: 2048,
    hidden_size: 2048,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    window_size: 256,
    tie_word_embeddings: true,
  },
  build: (c) => {
    const shape = heads(c, { split: true })
    const window = c.count('window_size')
    const mixer = byKind(kinds(c), (kind) =>
      // The library masks what is outside the window, but keeps it.
      attention(c, {
        heads: shape,
        bias: 'o',
        position: null,
        ...(kind === 'local' && { window, runtime_window: 0 }),
      }),
    )
    return decoder(c, preNorm(norms.layer, mixer, fourfoldFfn(c, { bias: true })), {
      positions: block('learned-positions', {}),
      final_norm: norms.layer,
    })
  },
}

/** Spelled out, or as lists with how often they repeat: [[["global", "local"], 12]]. */
function kinds(c: Reader): ('global' | 'local')[] {
  const n_layers = countLayers(c)
  const repeated = c.has('attention_layers') ? null : c.repeats('attention_types')
  if (repeated === null) c.ignore('attention_types')
  else if (repeated.length !== n_layers)
    throw c.wrong(
      'attention_types',
      `describes ${repeated.length} layers, but the model has ${n_layers}`,
    )
  const said = c.kinds('attention_layers', n_layers, {
    from: repeated ? 'attention_types' : 'num_hidden_layers',
    kind: (layer) => repeated?.[layer] ?? (layer % 2 === 0 ? 'global' : 'local'),
  })
  return said.map(kindOf)
}

function kindOf(kind: string): 'global' | 'local' {
  if (kind === 'global' || kind === 'local') return kind
  throw new ArchcostError(
    'unsupported',
    `has layers of the kind ${show(kind)}; known are global and local`,
    'attention_layers',
  )
}
