/** Families that nobody has read: plain transformers get a number and a warning, others are refused by name. */
import { describe, expect, test } from 'vitest'
import { ArchcostError, evaluate, prepare } from '../../src/engine/index.ts'
import { families } from '../../src/import/families/generated/families.ts'
import { importConfig, modelTypes } from '../../src/import/index.ts'

const shape = {
  model_type: 'nobody_knows',
  hidden_size: 4096,
  intermediate_size: 14336,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  vocab_size: 128256,
  max_position_embeddings: 8192,
  hidden_act: 'silu',
  rms_norm_eps: 1e-5,
  tie_word_embeddings: false,
}
const total = (config: object): number =>
  evaluate(prepare(importConfig(config).architecture)).params.total

const errorOf = (config: object): ArchcostError | undefined => {
  try {
    importConfig(config)
  } catch (error) {
    if (error instanceof ArchcostError) return error
  }
  return undefined
}

describe('an unknown family', () => {
  test('that is a plain transformer is read as one, with a warning', () => {
    const { notes, report } = importConfig(shape)
    expect(total(shape)).toBe(8030261248)
    expect(notes).toHaveLength(1)
    expect(notes[0]).toMatchObject({
      level: 'warning',
      text: expect.stringMatching(/nobody_knows.*not verified/),
    })
    expect(report.not_understood).toEqual([])
  })

  test('needs no name', () => {
    expect(total({ ...shape, model_type: undefined })).toBe(8030261248)
  })

  test('is read with biases, tied tables, windows and experts where its keys say so', () => {
    const plain = total(shape)
    expect(total({ ...shape, tie_word_embeddings: true })).toBe(plain - 4096 * 128256)
    expect(total({ ...shape, qkv_bias: true })).toBe(plain + 32 * (4096 + 2 * 1024))
    const windowed = importConfig({ ...shape, sliding_window: 1024 }).architecture
    expect(evaluate(prepare(windowed), { context: 8192 }).cache?.bounded).toBe(
      32 * 2 * 1024 * 1024 * 2,
    )
    const mixture = { ...shape, num_experts: 8, num_experts_per_tok: 2, vocab_size: 32000 }
    expect(total(mixture)).toBe(46702792704)
  })

  test('may scale what experts add, which is no mechanism', () => {
    const mixture = { ...shape, num_experts: 8, num_experts_per_tok: 2, vocab_size: 32000 }
    expect(total({ ...mixture, routed_scaling_factor: 2.5 })).toBe(46702792704)
  })

  test('with keys that nobody understands says which', () => {
    const { report, notes } = importConfig({ ...shape, wing_span: 3 })
    expect(report.not_understood).toEqual(['wing_span'])
    expect(notes.map(({ text }) => text)).toContainEqual(expect.stringContaining('wing_span'))
  })

  test('with experts but no word on how many a token uses is not guessed at', () => {
    expect(errorOf({ ...shape, num_local_experts: 8 })).toMatchObject({
      code: 'unsupported',
      path: 'num_experts_per_tok',
    })
  })

  test.each([
    ['ssm_state_size', 16],
    ['attn_layer_period', 8],
    ['mamba_d_state', 16],
    ['kv_lora_rank', 512],
    ['linear_num_key_heads', 16],
    ['conv_L_cache', 3],
    ['full_attention_interval', 4],
    ['index_topk', 2048],
    ['num_kv_shared_layers', 10],
    ['hidden_size_per_layer_input', 256],
    ['rwkv_head_size', 64],
    ['attention_chunk_size', 8192],
    ['layers_block_type', Array.from({ length: 32 }, () => 'mamba')],
  ])('with %s is unsupported', (key, value) => {
    expect(errorOf({ ...shape, [key]: value })).toMatchObject({ code: 'unsupported', path: key })
  })

  test.each([
    ['layer_types', Array.from({ length: 32 }, () => 'linear_attention')],
    ['sconv_kernel_size', 4],
    ['share_q_dim', 2048],
    ['position_buckets', 256],
  ])('with %s is no plain transformer either', (key, value) => {
    expect(errorOf({ ...shape, [key]: value })).toMatchObject({ code: 'unsupported', path: key })
  })

  test.each([
    ['use_moe', true, 'a mixture of experts'],
    ['moe_every_k', 2, 'a mixture of experts'],
    ['share_embedding', true, 'shared'],
    ['layer_sharing', true, 'shared'],
    ['total_ut_steps', 4, 'run again'],
    ['num_loops', 3, 'run again'],
    ['mean_recurrence', 32, 'run again'],
    ['num_key_value_heads_per_layer', [4, 4, 2], 'layers that differ'],
    ['ffn_multipliers', Array.from({ length: 32 }, () => 2.5), 'layers that differ'],
    ['segments', [{ repeat: 2 }], 'layers that differ'],
    ['attn_mode', 'chunk', 'linear attention'],
    ['conv_size', 4, 'a convolution'],
    ['num_meta_tokens', 128, 'a memory'],
    ['mixture_of_depths', true, 'pass layers by'],
    ['emb_rank', 128, 'low rank'],
    ['embedding_size', 152064, 'a table of another width'],
    ['norm_after', true, 'norms or paths'],
  ])('with %s is refused with the mechanism that it names', (key, value, mechanism) => {
    expect(errorOf({ ...shape, [key]: value })).toMatchObject({
      code: 'unsupported',
      path: key,
      message: expect.stringContaining(mechanism),
    })
  })

  test.each([
    ['linear_impl_type', 'int8'],
    ['conv_impl', 'cuda'],
    ['expert_quant_bits', 4],
    ['ssm_dtype', 'float32'],
    ['lru_cache_size', 4096],
    ['shared_kv_cache_dtype', 'fp8'],
    ['total_ut_steps', 1],
    ['share_embedding', false],
    ['embedding_size', 4096],
  ])('with %s %j, which only looks like a mechanism, is plain', (key, value) => {
    expect(total({ ...shape, [key]: value })).toBe(8030261248)
  })

  test('that fills in masked words is no plain decoder', () => {
    expect(errorOf({ ...shape, architectures: ['NobodyForMaskedLM'] })).toMatchObject({
      code: 'unsupported',
      path: 'architectures',
    })
  })

  test('with dense layers among those with experts is read as its list says', () => {
    const mixture = { ...shape, num_experts: 8, num_experts_per_tok: 2, moe_intermediate_size: 512 }
    const dense = Array.from({ length: 32 }, (_, layer) => (layer < 30 ? 'dense' : 'sparse'))
    const expert = 3 * 4096 * 512
    expect(total({ ...mixture, mlp_layer_types: dense })).toBe(
      total(shape) + 2 * (8 * expert + 8 * 4096 - 3 * 4096 * 14336),
    )
  })

  test('whose foreign mechanism is switched off is plain', () => {
    expect(total({ ...shape, kv_lora_rank: null, num_kv_shared_layers: 0 })).toBe(8030261248)
  })

  test('without a shape is refused', () => {
    expect(errorOf({ model_type: 'nobody_knows' })).toMatchObject({
      code: 'invalid_config',
      path: 'hidden_size',
    })
  })
})

describe('a family that is known not to be plain', () => {
  test.each(
    'reformer splinter perceiver qwen4_exp_text clip_text_model beit clap_text_model grounding-dino owlvit vits xclip'.split(
      ' ',
    ),
  )('%s is refused by name, however plain its keys', (model_type) => {
    expect(errorOf({ ...shape, model_type })).toMatchObject({
      code: 'unsupported',
      path: 'model_type',
      message: expect.stringMatching(/not modelled/),
    })
  })

  test('is none that is imported', () => {
    for (const model_type of modelTypes())
      expect(errorOf({ model_type })?.message ?? '').not.toMatch(/a family with/)
  })
})

describe('a known family', () => {
  test('shares none of its names with another', () => {
    const names = Object.entries(families).flatMap(([name, { types = [name] }]) => types)
    expect(names).toHaveLength(modelTypes().length)
  })

  test('with a mechanism that it does not have is warned of', () => {
    const { notes, report } = importConfig({ ...shape, model_type: 'llama', ssm_state_size: 16 })
    expect(report.not_understood).toEqual(['ssm_state_size'])
    expect(notes[0]).toMatchObject({
      level: 'warning',
      text: expect.stringMatching(/ssm_state_size.*llama does not have/),
    })
  })
})
