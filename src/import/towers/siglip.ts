/** SigLIP's vision transformer: no class token; a pooling head that language models are not given. */
import { block, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import type { SeenBy, VisionKind } from './vision-kind.ts'
import { entrance, patchesOf, plainLayer } from './vit.ts'

const defaults = {
  hidden_size: 768,
  intermediate_size: 3072,
  num_hidden_layers: 12,
  num_attention_heads: 12,
  num_channels: 3,
  image_size: 224,
  patch_size: 16,
  hidden_act: 'gelu_pytorch_tanh',
}

function build(c: Reader, has_head: boolean): SeenBy {
  c.ignore('projection_dim', 'projector_hidden_act', 'vocab_size', 'num_image_tokens')
  const [image_size, patch] = [c.count('image_size'), c.count('patch_size')]
  const head = has_head ? [block('attention-pooling', { d_ff: c.count('intermediate_size') })] : []
  return {
    image_size,
    patch,
    n_prefix: 0,
    tower: {
      n_layers: c.count('num_hidden_layers'),
      d_model: c.count('hidden_size'),
      input: entrance({
        patch,
        channels: c.count('num_channels'),
        bias: true,
        rows: patchesOf(image_size, patch),
      }),
      layer: plainLayer(c),
      output: [{ block: norms.layer }, ...head],
    },
  }
}

export const siglip: VisionKind = {
  defaults: { ...defaults, vision_use_head: true },
  build: (c) => build(c, c.flag('vision_use_head')),
}

/** Without the head, as Idefics and its kin have it. */
export const headless: VisionKind = { defaults, build: (c) => build(c, false) }
