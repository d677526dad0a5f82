import { describe, expect, test } from 'vitest'
import {
  check,
  deepseek,
  deepseekShapes,
  layers,
  llama,
  llamaShapes,
  reasons,
  tensors,
  type Shapes,
} from './checkpoints.ts'

test('a checkpoint that is what its config says agrees in every place', () => {
  const found = check(llama.config, tensors(llamaShapes()))
  expect(found).toMatchObject({ exact: true, unexplained: 0, explained: [] })
  expect(found.rows.map(({ place }) => place)).toEqual([
    'embedding',
    'layer 0',
    'layer 1',
    'layer 2',
    'head',
    'rest',
  ])
  expect(found.computed).toBe(
    2 * 64_000 + 64 + 3 * (2 * 64 * 64 + 2 * 32 * 64 + 3 * 64 * 160 + 128),
  )
})

test('a width that is not what the config says shows in its group, in every layer', () => {
  const found = check({ ...llama.config, intermediate_size: 128 }, tensors(llamaShapes()))
  expect(found).toMatchObject({ exact: false, unexplained: 3 * 3 * 64 * 32 })
  const [, layer] = found.rows
  expect(layer!.by_group).toMatchObject({
    mixer: { computed: 12_288, stored: 12_288 },
    ffn: { computed: 24_576, stored: 30_720 },
    norms: { computed: 128, stored: 128 },
  })
})

test('a layer too few, or a tensor that is missing, is not explained away', () => {
  const { 'model.layers.2.mlp.up_proj.weight': gone, ...shapes } = llamaShapes()
  const found = check(llama.config, tensors(shapes))
  expect(gone).toEqual([160, 64])
  expect(found.unexplained).toBe(-160 * 64)
  expect(found.rows.filter((row) => row.computed !== row.stored).map(({ place }) => place)).toEqual(
    ['layer 2'],
  )
})

test('differences that cancel do not pass for agreement', () => {
  const shapes = {
    ...llamaShapes(),
    'model.layers.0.mlp.up_proj.weight': [150, 64],
    'model.layers.1.mlp.up_proj.weight': [170, 64],
  }
  expect(check(llama.config, tensors(shapes))).toMatchObject({ exact: false, unexplained: 0 })
})

describe('heads', () => {
  test('a tied head may be stored a second time', () => {
    const tied = { ...llama.config, tie_word_embeddings: true }
    const found = check(tied, tensors(llamaShapes()))
    expect(found.exact).toBe(true)
    expect(found.explained).toEqual([
      { why: 'the tied head, stored a second time', values: 64_000, tensors: ['lm_head.weight'] },
    ])
  })

  test('a head that is not stored was tied', () => {
    const shapes = Object.fromEntries(
      Object.entries(llamaShapes()).filter(([name]) => name !== 'lm_head.weight'),
    )
    expect(reasons(check(llama.config, tensors(shapes)))).toEqual([
      ['no head is stored: it is tied, though the config says otherwise', -64_000],
    ])
  })
})

test('a module for the next token but one is taken apart, and router biases are buffers', () => {
  const found = check(deepseek.config, tensors(deepseekShapes()))
  expect(found.exact).toBe(true)
  const layer = found.rows[2]!.computed
  expect(reasons(found)).toEqual([
    [
      'multi-token prediction module, which the model does not need to run (a layer like the last, a projection that joins two widths, and three norms; copies of embedding or head; biases of its router)',
      layer + 2 * 64 * 64 + 3 * 64 + 2 * 64_000 + 4,
    ],
    ['buffers: values that are stored but not trained', 2 * 4],
  ])
})

test('causal masks are buffers', () => {
  const config = {
    model_type: 'gpt2',
    n_embd: 64,
    n_layer: 2,
    n_head: 4,
    n_positions: 32,
    vocab_size: 1000,
  }
  const shapes = {
    'wte.weight': [1000, 64],
    'wpe.weight': [32, 64],
    'ln_f.weight': [64],
    'ln_f.bias': [64],
    ...layers(2, {
      'h.#.attn.bias': [1, 1, 32, 32],
      'h.#.attn.c_attn.weight': [64, 192],
      'h.#.attn.c_attn.bias': [192],
      'h.#.attn.c_proj.weight': [64, 64],
      'h.#.attn.c_proj.bias': [64],
      'h.#.mlp.c_fc.weight': [64, 256],
      'h.#.mlp.c_fc.bias': [256],
      'h.#.mlp.c_proj.weight': [256, 64],
      'h.#.mlp.c_proj.bias': [64],
      'h.#.ln_1.weight': [64],
      'h.#.ln_1.bias': [64],
      'h.#.ln_2.weight': [64],
      'h.#.ln_2.bias': [64],
    }),
  }
  const found = check(config, tensors(shapes))
  expect(found.exact).toBe(true)
  expect(reasons(found)).toEqual([['buffers: values that are stored but not trained', 2 * 32 * 32]])
})

test('the tower of a multimodal model is beside the text', () => {
  const config = {
    model_type: 'llava',
    text_config: llama.config,
    vision_config: { model_type: 'clip_vision_model' },
  }
  const text = Object.fromEntries(
    Object.entries(llamaShapes()).map(([name, shape]) => [`language_model.${name}`, shape]),
  )
  const tower = {
    'vision_tower.vision_model.encoder.layers.0.mlp.fc1.weight': [64, 16],
    'multi_modal_projector.linear_1.weight': [64, 64],
  }
  const found = check(config, tensors({ ...text, ...tower }))
  expect(found.exact).toBe(true)
  expect(reasons(found)).toEqual([
    [
      'vision or audio tower and its projector; the text model alone is computed',
      64 * 16 + 64 * 64,
    ],
  ])
})

test('an encoder and a decoder store their common table again', () => {
  const config = {
    model_type: 't5',
    d_model: 64,
    d_ff: 128,
    d_kv: 16,
    num_heads: 4,
    num_layers: 2,
    num_decoder_layers: 1,
    vocab_size: 1000,
    relative_attention_num_buckets: 32,
  }
  const attention = (at: string, kind: string): Shapes =>
    Object.fromEntries(
      ['q', 'k', 'v', 'o'].map((each) => [`${at}.${kind}.${each}.weight`, [64, 64]]),
    )
  const ffn = (at: string): Shapes => ({
    [`${at}.DenseReluDense.wi.weight`]: [128, 64],
    [`${at}.DenseReluDense.wo.weight`]: [64, 128],
  })
  const norm = (...at: string[]): Shapes =>
    Object.fromEntries(at.map((each) => [`${each}.layer_norm.weight`, [64]]))
  const shapes = {
    'shared.weight': [1000, 64],
    'encoder.embed_tokens.weight': [1000, 64],
    'decoder.embed_tokens.weight': [1000, 64],
    'encoder.final_layer_norm.weight': [64],
    'decoder.final_layer_norm.weight': [64],
    'encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight': [32, 4],
    'decoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight': [32, 4],
    ...layers(2, {
      ...attention('encoder.block.#.layer.0', 'SelfAttention'),
      ...ffn('encoder.block.#.layer.1'),
      ...norm('encoder.block.#.layer.0', 'encoder.block.#.layer.1'),
    }),
    ...layers(1, {
      ...attention('decoder.block.#.layer.0', 'SelfAttention'),
      ...attention('decoder.block.#.layer.1', 'EncDecAttention'),
      ...ffn('decoder.block.#.layer.2'),
      ...norm('decoder.block.#.layer.0', 'decoder.block.#.layer.1', 'decoder.block.#.layer.2'),
    }),
  }
  const found = check(config, tensors(shapes))
  expect(found.rows.map(({ place }) => place)).toEqual([
    'embedding',
    'encoder layer 0',
    'encoder layer 1',
    'decoder layer 0',
    'head',
    'rest',
  ])
  expect(found.exact).toBe(true)
  expect(reasons(found)).toEqual([['the embedding, stored again for another stack', 2 * 64_000]])
})

test('state spaces are held against what they should store', () => {
  const config = {
    model_type: 'mamba',
    hidden_size: 64,
    num_hidden_layers: 2,
    state_size: 16,
    expand: 2,
    conv_kernel: 4,
    time_step_rank: 4,
    vocab_size: 1000,
    use_conv_bias: true,
    use_bias: false,
  }
  const shapes = {
    'backbone.embeddings.weight': [1000, 64],
    'backbone.norm_f.weight': [64],
    ...layers(2, {
      'backbone.layers.#.mixer.A_log': [128, 16],
      'backbone.layers.#.mixer.D': [128],
      'backbone.layers.#.mixer.conv1d.weight': [128, 1, 4],
      'backbone.layers.#.mixer.conv1d.bias': [128],
      'backbone.layers.#.mixer.dt_proj.weight': [128, 4],
      'backbone.layers.#.mixer.dt_proj.bias': [128],
      'backbone.layers.#.mixer.in_proj.weight': [256, 64],
      'backbone.layers.#.mixer.out_proj.weight': [64, 128],
      'backbone.layers.#.mixer.x_proj.weight': [36, 128],
      'backbone.layers.#.norm.weight': [64],
    }),
  }
  expect(check(config, tensors(shapes))).toMatchObject({ exact: true, explained: [] })
})

test('a layer that all depths share is stored under a name of its own', () => {
  const config = {
    model_type: 'albert',
    embedding_size: 32,
    hidden_size: 64,
    intermediate_size: 128,
    num_hidden_layers: 4,
    num_hidden_groups: 1,
    inner_group_num: 1,
    num_attention_heads: 4,
    vocab_size: 1000,
    max_position_embeddings: 128,
    type_vocab_size: 2,
  }
  const linear = (name: string, wide: number, from: number): Shapes => ({
    [`${name}.weight`]: [wide, from],
    [`${name}.bias`]: [wide],
  })
  const norm = (name: string, width: number): Shapes => ({
    [`${name}.weight`]: [width],
    [`${name}.bias`]: [width],
  })
  const layer = 'albert.encoder.albert_layer_groups.0.albert_layers.0'
  const shapes = {
    'albert.embeddings.word_embeddings.weight': [1000, 32],
    'albert.embeddings.position_embeddings.weight': [128, 32],
    'albert.embeddings.token_type_embeddings.weight': [2, 32],
    ...norm('albert.embeddings.LayerNorm', 32),
    ...linear('albert.encoder.embedding_hidden_mapping_in', 64, 32),
    ...['query', 'key', 'value', 'dense'].reduce(
      (all, each) => ({ ...all, ...linear(`${layer}.attention.${each}`, 64, 64) }),
      {},
    ),
    ...norm(`${layer}.attention.LayerNorm`, 64),
    ...linear(`${layer}.ffn`, 128, 64),
    ...linear(`${layer}.ffn_output`, 64, 128),
    ...norm(`${layer}.full_layer_layer_norm`, 64),
    'predictions.bias': [1000],
    ...norm('predictions.LayerNorm', 32),
    ...linear('predictions.dense', 32, 64),
  }
  const found = check(config, tensors(shapes))
  expect(found).toMatchObject({ exact: true, unexplained: 0 })
  expect(found.rows.slice(1, 5).map((row) => row.computed)).toEqual([33_472, 0, 0, 0])
})
