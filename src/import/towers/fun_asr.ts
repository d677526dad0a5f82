/** Fun-ASR Nano: SAN-M layers, whose values also run through a convolution, and a projector with layers of its own. */
import type { BlockUse, Sublayer, Tower } from '../../architecture/schema.ts'
import { block, norms, plainFfn } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { plainAttention, steps } from '../stacks.ts'
import type { TowerFamily } from './tower-family.ts'

/** What the feature extractor does: frames of a spectrum from one row to the next, and samples that a frame reaches over. */
const [frames_per_row, window] = [6, 400]

function audioTower(c: Reader): Tower & { d_model: number } {
  const a = c.part('audio_config', {
    num_mel_bins: 80,
    num_stacked_frames: 7,
    hidden_size: 512,
    num_attention_heads: 4,
    intermediate_size: 2048,
    num_hidden_layers: 70,
    num_timestamp_prediction_layers: 20,
    hidden_act: 'relu',
    fsmn_kernel_size: 11,
  })
  // Positions are waves.
  a.ignore('max_position_embeddings')
  const [n_layers, d_model] = [a.count('num_hidden_layers'), a.count('hidden_size')]
  const timestamps = a.count('num_timestamp_prediction_layers', undefined, 0)
  const d_in = a.count('num_mel_bins') * a.count('num_stacked_frames')
  const convolution = block('token-convolution', { d_conv: a.count('fsmn_kernel_size') })
  const attention = (settings: Record<string, unknown> = {}): BlockUse[] => [
    plainAttention(a.count('num_attention_heads'), settings),
    convolution,
  ]
  const mixer: Sublayer = {
    name: 'mixer',
    before: norms.layer,
    blocks: attention(),
    // The first layer takes the frames as they are.
    except: [
      {
        layers: { first: 1 },
        before: block('layernorm', { width: d_in }),
        blocks: attention({ d_in }),
      },
    ],
  }
  const lasts = [n_layers - timestamps - 1, n_layers - 1].filter((layer) => layer >= 0)
  return {
    role: 'audio',
    feeds: 'projector',
    n_layers,
    d_model,
    input: [
      block('running-sound', { window, stride: frames_per_row }),
      block('stacked-frames', { stride: frames_per_row }),
    ],
    layer: [
      mixer,
      { ...plainFfn(a, { bias: true }), name: 'ffn', before: norms.layer },
      {
        name: 'last-norm',
        block: null,
        except: [{ layers: [...new Set(lasts)], block: norms.layer }],
      },
    ],
    output: [],
  }
}

export const fun_asr_nano: TowerFamily = {
  defaults: {},
  ties: 'outer, or tied',
  build: (c, text): Tower[] => {
    const tower = audioTower(c)
    const p = c.part('adaptor_config', {
      hidden_size: text.d_model,
      num_attention_heads: 8,
      intermediate_size: Math.floor(text.d_model / 4),
      num_hidden_layers: 2,
      hidden_act: 'relu',
      projector_hidden_size: 2048,
    })
    p.ignore('projector_hidden_act')
    const d_model = p.count('hidden_size')
    return [
      tower,
      {
        role: 'projector',
        feeds: 'decoder',
        n_layers: p.count('num_hidden_layers'),
        d_model,
        input: [
          block('mlp-projector', {
            d_in: tower.d_model,
            d_hidden: p.count('projector_hidden_size'),
            activation: 'relu',
          }),
        ],
        layer: steps(norms.layer, 'before', {
          mixer: plainAttention(p.count('num_attention_heads')),
          ffn: plainFfn(p, { bias: true }),
        }),
        output: [],
      },
    ]
  },
}
