/** Granite Speech: a conformer that also transcribes, and a Q-Former that reads its rows window by window. */
import type { BlockUse, Sublayer, Tower } from '../../architecture/schema.ts'
import { block, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { former, small } from './blip_2.ts'
import type { TowerFamily } from './tower-family.ts'

/** Frames of the spectrum that stand in one row: the feature extractor's. */
const frames_per_row = 2

function layerOf(a: Reader, d_model: number, n_layers: number): Sublayer[] {
  const ffn = block('ffn', {
    d_ff: d_model * a.count('feedforward_mult'),
    ffn_bias: true,
    activation: 'silu',
  })
  const attention = block('blockwise-relative-attention', {
    n_heads: a.count('num_heads'),
    d_head: a.optionalCount('dim_head') ?? undefined,
    rows_in_block: a.count('context_size'),
    max_distance: a.count('max_pos_emb'),
  })
  const convolution = block('conformer-convolution', {
    kernel: a.count('conv_kernel_size'),
    expansion: a.count('conv_expansion_factor'),
    bias: true,
    norm: 'batch',
  })
  const step = (name: string, use: BlockUse): Sublayer => ({ ...use, name, before: norms.layer })
  // Half way, scores of letters are led back into the rows.
  const transcript = block('mlp-projector', { d_in: d_model, d_hidden: a.count('output_dim') })
  return [
    step('first-ffn', ffn),
    step('mixer', attention),
    step('convolution', convolution),
    step('second-ffn', ffn),
    { name: 'last-norm', block: norms.layer },
    {
      name: 'transcript',
      block: null,
      except: [{ layers: [Math.max(0, Math.floor(n_layers / 2) - 1)], ...transcript }],
    },
  ]
}

export const granite_speech: TowerFamily = {
  defaults: { downsample_rate: 5, window_size: 15, has_lora_adapter: true },
  ties: 'outer, or tied',
  build: (c, text): Tower[] => {
    // Adapters stand in files of their own.
    c.ignore('has_lora_adapter')
    const a = c.part('encoder_config', {
      input_dim: 160,
      num_layers: 10,
      hidden_dim: 1024,
      feedforward_mult: 4,
      num_heads: 8,
      output_dim: 42,
      context_size: 200,
      max_pos_emb: 512,
      conv_kernel_size: 15,
      conv_expansion_factor: 2,
    })
    // The Q-Former's key says how wide layers side by side are.
    a.ignore('cat_hidden_layers')
    const [d_model, n_layers] = [a.count('hidden_dim'), a.count('num_layers')]
    const rows = c.count('window_size')
    const queries = Math.floor(rows / c.count('downsample_rate'))
    const q = c.part('projector_config', small)
    const reader = former(q, {
      n_rows: queries,
      d_source: q.count('encoder_hidden_size'),
      d_out: text.d_model,
      ...(q.flag('use_qformer_text_input') && { reads_text: 'networks' }),
    })
    return [
      {
        role: 'audio',
        feeds: 'projector',
        n_layers,
        d_model,
        input: [
          block('windowed-sound', { stride: frames_per_row, rows, queries }),
          block('stacked-frames', { stride: frames_per_row, whole: 1 }),
          block('projection', { d_in: a.count('input_dim'), bias: true }),
        ],
        layer: layerOf(a, d_model, n_layers),
        output: [],
      },
      { ...reader, input: [block('row-windows', { n_rows: rows }), ...reader.input] },
    ]
  },
}
