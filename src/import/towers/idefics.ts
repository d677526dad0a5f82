/** Idefics: a CLIP tower, whose rows a resampler may sum up before tokens look at them. */
import type { Tower } from '../../architecture/schema.ts'
import { block, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { resampler } from './perceiver.ts'
import type { TowerFamily } from './tower-family.ts'
import type { VisionKind } from './vision-kind.ts'
import { behind, seenBy } from './vision-kinds.ts'
import { classTokenTower, plainLayer } from './vit.ts'

const kind: VisionKind = {
  defaults: {
    embed_dim: 768,
    intermediate_size: 5120,
    num_hidden_layers: 32,
    num_attention_heads: 16,
    num_channels: 3,
    image_size: 224,
    patch_size: 14,
    hidden_act: 'gelu',
  },
  build: (c) => {
    c.ignore('vision_model_name')
    const sides = { image_size: c.count('image_size'), patch: c.count('patch_size') }
    const d_model = c.count('embed_dim')
    return classTokenTower(c, { ...sides, d_model, norm: norms.layer }, plainLayer(c), [
      { block: norms.layer },
    ])
  },
}

function resamplerOf(c: Reader, d_model: number): Tower {
  const p = c.part('perceiver_config', {
    resampler_n_latents: 64,
    resampler_depth: 6,
    resampler_n_heads: 16,
    resampler_head_dim: 96,
    qk_layer_norms_perceiver: false,
  })
  // The outer key decides.
  p.ignore('use_resampler')
  const [n_heads, d_head] = [p.count('resampler_n_heads'), p.count('resampler_head_dim')]
  return {
    role: 'projector',
    feeds: 'decoder',
    ...resampler({
      n_layers: p.count('resampler_depth'),
      d_model,
      n_rows: p.count('resampler_n_latents'),
      norm: norms.layer,
      attention: {
        n_heads,
        d_head,
        ...(p.flag('qk_layer_norms_perceiver') && { qk_norm: 4 * d_head }),
      },
      ffn: block('ffn', { d_ff: 4 * d_model, activation: 'relu' }),
    }),
  }
}

export const idefics: TowerFamily = {
  defaults: { use_resampler: false },
  ties: 'text',
  build: (c): Tower[] => {
    const seen = seenBy(c, kind)
    const { image_size, patch, tower } = seen
    const resamples = c.flag('use_resampler')
    if (!resamples)
      c.leaveOut('use_resampler is false, so that nothing is resampled', 'perceiver_config')
    // In the text stands a mark alone: tokens look at images in layers of their own.
    const intake = block('fixed-size-image', { image_size, patch, n_tokens: 1 })
    return [
      behind(seen, intake, resamples ? 'projector' : 'decoder'),
      ...(resamples ? [resamplerOf(c, tower.d_model)] : []),
    ]
  },
}
