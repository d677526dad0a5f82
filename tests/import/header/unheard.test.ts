/** The same tensors and keys under a name that nobody knows: what is listed costs what formulas compute. */
import { expect, test } from 'vitest'
import { evaluate, prepare, type Cost } from '../../../src/engine/index.ts'
import type { Imported } from '../../../src/import/index.ts'
import { attention, codestral, ends, ffn, load, norms } from '../gguf/load.ts'
import { layers, model, type Sizes, type Value } from '../gguf/write.ts'

type Values = Record<string, Value>

const renamed = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) =>
      key === 'general.architecture'
        ? [key, 'unheard']
        : [key.replace(/^[a-z0-9-]+\.(?!architecture)/, (name) => (/^(general|tokenizer)/.test(name) ? name : 'unheard.')), value],
    ),
  ) // prettier-ignore

const experts = (d: number, f: number, n: number): Sizes => ({
  'ffn_gate_inp.weight': [d, n],
  'ffn_gate_exps.weight': [d, f, n],
  'ffn_up_exps.weight': [d, f, n],
  'ffn_down_exps.weight': [f, d, n],
})

const mixtral = model('llama', {
  block_count: 32,
  context_length: 32768,
  embedding_length: 4096,
  feed_forward_length: 14336,
  'attention.head_count': 32,
  'attention.head_count_kv': 8,
  expert_count: 8,
  expert_used_count: 2,
})

const gemma3 = model('gemma3', {
  block_count: 26,
  context_length: 32768,
  embedding_length: 1152,
  feed_forward_length: 6912,
  'attention.head_count': 4,
  'attention.head_count_kv': 1,
  'attention.key_length': 256,
  'attention.value_length': 256,
  'attention.sliding_window': 512,
  'attention.sliding_window_pattern': 6,
})
const gemma3Layer = {
  ...norms(1152),
  'post_attention_norm.weight': [1152],
  'post_ffw_norm.weight': [1152],
  'attn_q_norm.weight': [256],
  'attn_k_norm.weight': [256],
  ...attention(1152, 1024, 256),
  ...ffn(1152, 6912),
}

const deepseek = model('deepseek2', {
  block_count: 27,
  context_length: 163840,
  embedding_length: 2048,
  feed_forward_length: 10944,
  'attention.head_count': 16,
  'attention.head_count_kv': 1,
  'attention.key_length': 576,
  'attention.value_length': 512,
  'attention.key_length_mla': 192,
  'attention.value_length_mla': 128,
  'attention.kv_lora_rank': 512,
  'rope.dimension_count': 64,
  expert_count: 64,
  expert_used_count: 6,
  expert_shared_count: 2,
  expert_feed_forward_length: 1408,
  leading_dense_block_count: 1,
})
const latent = {
  ...norms(2048),
  'attn_q.weight': [2048, 3072],
  'attn_kv_a_mqa.weight': [2048, 576],
  'attn_kv_a_norm.weight': [512],
  'attn_kv_b.weight': [512, 4096],
  'attn_output.weight': [2048, 2048],
}
const shared = {
  'ffn_gate_shexp.weight': [2048, 2816],
  'ffn_up_shexp.weight': [2048, 2816],
  'ffn_down_shexp.weight': [2816, 2048],
}

const qwen35 = model('qwen35', {
  block_count: 64,
  context_length: 262144,
  embedding_length: 5120,
  feed_forward_length: 17408,
  'attention.head_count': 24,
  'attention.head_count_kv': 4,
  'attention.key_length': 256,
  'attention.value_length': 256,
  'ssm.conv_kernel': 4,
  'ssm.state_size': 128,
  'ssm.group_count': 16,
  'ssm.time_step_rank': 48,
  'ssm.inner_size': 6144,
  full_attention_interval: 4,
  'rope.dimension_count': 64,
})
const delta = {
  'attn_qkv.weight': [5120, 10240],
  'attn_gate.weight': [5120, 6144],
  'ssm_conv1d.weight': [4, 10240],
  'ssm_dt.bias': [48],
  ssm_a: [48],
  'ssm_beta.weight': [5120, 48],
  'ssm_alpha.weight': [5120, 48],
  'ssm_norm.weight': [128],
  'ssm_out.weight': [6144, 5120],
}
const gated = {
  ...attention(5120, 12288, 1024),
  'attn_output.weight': [6144, 5120],
  'attn_q_norm.weight': [256],
  'attn_k_norm.weight': [256],
}
const qwen35Layers = Object.assign(
  {},
  ...Array.from({ length: 64 }, (_, layer) =>
    layers(
      1,
      {
        'attn_norm.weight': [5120],
        'post_attention_norm.weight': [5120],
        ...(layer % 4 === 3 ? gated : delta),
        ...ffn(5120, 17408),
      },
      layer,
    ),
  ),
) as Sizes

const models: Record<string, [Values, Sizes]> = {
  'a llama': [
    codestral,
    {
      ...ends(6144, 32768),
      ...layers(56, { ...norms(6144), ...attention(6144, 6144, 1024), ...ffn(6144, 16384) }),
    },
  ],
  'a mixture of experts': [
    mixtral,
    {
      ...ends(4096, 32000),
      ...layers(32, { ...norms(4096), ...attention(4096, 4096, 1024), ...experts(4096, 14336, 8) }),
    },
  ],
  'windows, and a tied head': [
    gemma3,
    { ...ends(1152, 262144, false), ...layers(26, gemma3Layer) },
  ],
  'latents, shared experts and a dense first layer': [
    deepseek,
    {
      ...ends(2048, 102400),
      ...layers(1, { ...latent, ...ffn(2048, 10944) }),
      ...layers(26, { ...latent, ...experts(2048, 1408, 64), ...shared }, 1),
    },
  ],
  'joint matrices': [
    model('phi3', {
      block_count: 32,
      context_length: 4096,
      embedding_length: 3072,
      feed_forward_length: 8192,
      'attention.head_count': 32,
      'attention.head_count_kv': 32,
      'rope.dimension_count': 96,
    }),
    {
      ...ends(3072, 32064),
      ...layers(32, {
        ...norms(3072),
        'attn_qkv.weight': [3072, 9216],
        'attn_output.weight': [3072, 3072],
        'ffn_up.weight': [3072, 16384],
        'ffn_down.weight': [8192, 3072],
      }),
    },
  ],
  'a hybrid with delta rule': [qwen35, { ...ends(5120, 248320), ...qwen35Layers }],
}

const costOf = ({ architecture }: Imported, context: number): Cost =>
  evaluate(prepare(architecture), { context })

test.each(Object.entries(models))('%s', (_what, [values, tensors]) => {
  const [known, listed] = [load(values, tensors), load(renamed(values), tensors)]
  expect(known.notes.some(({ text }) => text.includes('add up to the computed'))).toBe(true)
  expect(listed.notes[0]!.text).toContain('no formulas read this model')
  for (const context of [100, 20_000]) {
    const [one, other] = [costOf(known, context), costOf(listed, context)]
    const { params, cache, bytes_read, weights } = other
    expect(params).toEqual(one.params)
    expect(cache).toEqual(one.cache)
    expect(bytes_read.decode_cache).toBe(one.bytes_read.decode_cache)
    expect(weights.bytes).toBe(one.weights.bytes)
    // What a recurrent layer does to its state is all that a header does not tell.
    const without = ({ flops }: Cost, kinds: 'prefill_by_kind' | 'decode_by_kind') => ({
      ...flops[kinds]!,
      scan: 0,
    })
    for (const kinds of ['prefill_by_kind', 'decode_by_kind'] as const)
      expect(without(other, kinds)).toEqual(without(one, kinds))
  }
})
