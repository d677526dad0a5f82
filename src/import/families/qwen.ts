/** Qwen2 and Qwen3, dense and mixtures. Windows are off unless a flag turns them on. */
import { ArchcostError } from '../../architecture/errors.ts'
import type { BlockUse } from '../../architecture/schema.ts'
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, denseOrSparse, type Layered } from '../layers.ts'
import {
  attention,
  biasesIf,
  gatedFfn,
  heads,
  moe,
  norms,
  type AttentionOptions,
} from '../parts.ts'
import type { Reader } from '../reader.ts'
import { everyLast, sliding } from '../windows.ts'

/** Attention that slides in the layers that `slides` picks, if the flag is set. */
function maybeSliding(
  c: Reader,
  slides: (layer: number) => boolean,
  settings: AttentionOptions,
): Layered {
  if (c.flag('use_sliding_window'))
    return sliding(c, slides, { from: 'max_window_layers', ...settings })
  c.ignore('sliding_window', 'max_window_layers', 'layer_types')
  return attention(c, settings)
}

/** Experts in every n-th layer, but for a list of dense ones; in none where there are no experts. */
export function sparseEvery(c: Reader, experts: () => BlockUse): Layered {
  const step = c.count('decoder_sparse_step', 1)
  const n_layers = countLayers(c)
  const dense = c.numbers('mlp_only_layers', [])
  const odd = dense.find((layer) => !Number.isInteger(layer) || layer < 0 || layer >= n_layers)
  if (odd !== undefined) {
    throw new ArchcostError(
      'invalid_config',
      `names layer ${odd}, but layers are counted from 0 to ${n_layers - 1}`,
      'mlp_only_layers',
    )
  }
  const none = c.count('num_local_experts', 0, 0) === 0
  const kinds = denseOrSparse(
    n_layers,
    (layer) => !none && !dense.includes(layer) && (layer + 1) % step === 0,
  )
  if (!kinds.includes('dense')) c.ignore('intermediate_size')
  if (none) c.ignore('moe_intermediate_size', 'num_experts_per_tok')
  const regular = step > 1 && dense.length === 0 && !none
  return byKind(
    kinds,
    (kind) => (kind === 'sparse' ? experts() : gatedFfn(c)),
    regular ? { sparse: everyLast(step) } : {},
  )
}

const firstWindow = (c: Reader): number => c.count('max_window_layers', 0, 0)

const qwen2Defaults = {
  vocab_size: 151936,
  hidden_size: 4096,
  intermediate_size: 22016,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 32,
  max_position_embeddings: 32768,
  sliding_window: 4096,
  max_window_layers: 28,
  tie_word_embeddings: false,
}

export const qwen2: Family = {
  defaults: qwen2Defaults,
  build: (c) => {
    const mixer = maybeSliding(c, (layer) => layer >= firstWindow(c), { bias: 'qkv' })
    return decoder(c, preNorm(norms.rms, mixer, gatedFfn(c)))
  },
}

export const qwen3: Family = {
  types: ['qwen3', 'qwen3_vl_text', 'sdar'],
  defaults: { ...qwen2Defaults, head_dim: 128 },
  build: (c) => {
    const mixer = maybeSliding(c, (layer) => layer >= firstWindow(c), {
      bias: biasesIf(c.flag('attention_bias')),
      qk_norm: 'shared',
    })
    return decoder(c, preNorm(norms.rms, mixer, gatedFfn(c)))
  },
}

const moeDefaults = {
  ...qwen2Defaults,
  hidden_size: 2048,
  num_hidden_layers: 24,
}

export const qwen2_moe: Family = {
  defaults: {
    ...moeDefaults,
    intermediate_size: 5632,
    num_attention_heads: 16,
    num_key_value_heads: 16,
    moe_intermediate_size: 1408,
    shared_expert_intermediate_size: 5632,
    num_experts_per_tok: 4,
    num_local_experts: 60,
    qkv_bias: true,
  },
  build: (c) => {
    const slides = (layer: number): boolean => layer % 2 === 0 && layer < firstWindow(c)
    const mixer = maybeSliding(c, slides, { bias: biasesIf(c.flag('qkv_bias'), 'qkv') })
    const shared = c.count('shared_expert_intermediate_size')
    const ffn = sparseEvery(c, () => moe(c, { shared, shared_gate: true }))
    return decoder(c, preNorm(norms.rms, mixer, ffn))
  },
}

export const qwen3_moe: Family = {
  types: ['qwen3_moe', 'sdar_moe'],
  defaults: {
    ...moeDefaults,
    intermediate_size: 6144,
    num_key_value_heads: 4,
    moe_intermediate_size: 768,
    num_experts_per_tok: 8,
    num_local_experts: 128,
  },
  build: (c) => {
    // Some files carry keys of other families, which this one's code does not read.
    c.ignore('shared_expert_intermediate_size', 'use_qk_norm')
    const mixer = maybeSliding(c, () => true, {
      heads: heads(c, { floored: true }),
      bias: biasesIf(c.flag('attention_bias')),
      qk_norm: 'shared',
    })
    return decoder(
      c,
      preNorm(
        norms.rms,
        mixer,
        sparseEvery(c, () => moe(c)),
      ),
    )
  },
}
