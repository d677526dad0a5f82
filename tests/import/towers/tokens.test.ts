/**
 * Pieces that images of fifty sizes are cut into, and the tokens they become, as the image processors of transformers 5.18
 * have it: `tokens.json` lists [width, height, pieces, tokens] by family (of Llama 4, whose separators stand in its text, the
 * pieces alone), computed with the functions of the library at the sizes that published processors say.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { completeWorkload, prepare } from '../../../src/engine/index.ts'
import { tokensOf, towerRuns } from '../../../src/engine/towers.ts'
import { importConfig } from '../../../src/import/index.ts'

type Row = [width: number, height: number, pieces: number, tokens?: number]

const file = new URL('tokens.json', import.meta.url)
const measured = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Row[]>

const shape = { num_hidden_layers: 1, intermediate_size: 8, hidden_size: 64, head_dim: 16 }
const heads = { num_attention_heads: 4, num_key_value_heads: 4 }
const scout = { hidden_size: 1408, image_size: 336, vision_output_dim: 4096 }
/** Families of the text, and what differs from the tower that the outer class builds. */
const configs: Readonly<Record<string, readonly [text: string, vision?: object]>> = {
  qwen2_5_vl: ['qwen2_5_vl_text', {}],
  qwen3_vl: ['qwen3_vl_text', {}],
  glm4v: ['glm4v_text', {}],
  internvl: ['qwen2', {}],
  cohere2_vision: ['cohere2'],
  llama4: ['llama4_text', scout],
  mistral3: ['mistral'],
  llava_next: ['llama'],
  llava_onevision: ['qwen2'],
  gemma4: ['gemma4_text', { model_type: 'gemma4_vision' }],
  kimi_k25: ['llama', {}],
  video_llama_3: ['qwen2', { patch_size: 14 }],
  ernie4_5_vl_moe: ['ernie4_5_vl_moe_text', {}],
  minicpmv4_6: ['qwen3_5_text', { patch_size: 14 }],
  lfm2_vl: ['lfm2', {}],
  step3p7: ['step3p5', {}],
  idefics3: ['llama', { image_size: 364, patch_size: 14 }],
}

/** Families whose config says something beside its text and its tower. */
const others: Readonly<Record<string, object>> = {
  phi4_multimodal: { ...shape, ...heads, vision_config: {} },
  minimax_m3_vl: {
    text_config: { model_type: 'minimax_m3_vl_text', ...shape, ...heads, head_dim: 128 },
    vision_config: {},
  },
  smolvlm: {
    text_config: { model_type: 'llama', ...shape, ...heads },
    vision_config: { image_size: 512, patch_size: 16 },
    scale_factor: 4,
  },
}

function configOf(model_type: string): object {
  if (others[model_type]) return { model_type, ...others[model_type] }
  const [text, vision_config] = configs[model_type]!
  const text_config = { model_type: text, ...shape, ...heads }
  return { model_type, text_config, ...(vision_config && { vision_config }) }
}

test.each(Object.entries(measured))('%s', (model_type, rows) => {
  const config = configOf(model_type)
  const model = prepare(importConfig(config).architecture)
  const found = rows.map(([width, height, _, tokens]) => {
    const images = { count: 1, width, height }
    const workload = completeWorkload(model, { context: 1_000_000, images })
    // Those of each shape that the first tower sees.
    const runs = towerRuns(model, workload)
    const pieces = runs
      .filter(({ tower }) => tower === runs[0]!.tower)
      .reduce((sum, run) => sum + run.pieces, 0)
    const own = [width, height, pieces]
    return tokens === undefined ? own : [...own, tokensOf(model, workload).images]
  })
  expect(found).toEqual(rows)
})
