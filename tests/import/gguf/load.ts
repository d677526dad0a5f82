/** Loads models from headers as their files would have them, and the tensors of usual layers. */
import { evaluate, prepare, type Architecture } from '../../../src/engine/index.ts'
import { importGguf, readGgufHeader } from '../../../src/import/gguf/index.ts'
import type { Imported } from '../../../src/import/index.ts'
import { ggufBytes, model, type Sizes, type Value } from './write.ts'

export const load = (values: Record<string, Value>, tensors: Sizes): Imported =>
  importGguf([readGgufHeader(ggufBytes(values, tensors), 'model.gguf')!])

export const total = (architecture: Architecture): number =>
  evaluate(prepare(architecture)).params.total

export const exact = ({ notes }: Imported): boolean =>
  notes.some(({ text }) => text.includes('add up to the computed'))

export const ends = (d: number, v: number, head = true): Sizes => ({
  'token_embd.weight': [d, v],
  'output_norm.weight': [d],
  ...(head && { 'output.weight': [d, v] }),
})
export const norms = (d: number): Sizes => ({ 'attn_norm.weight': [d], 'ffn_norm.weight': [d] })
export const attention = (d: number, q: number, kv: number): Sizes => ({
  'attn_q.weight': [d, q],
  'attn_k.weight': [d, kv],
  'attn_v.weight': [d, kv],
  'attn_output.weight': [q, d],
})
export const ffn = (d: number, f: number): Sizes => ({
  'ffn_gate.weight': [d, f],
  'ffn_up.weight': [d, f],
  'ffn_down.weight': [f, d],
})

export const codestral = model('llama', {
  'general.name': 'Codestral 22B',
  block_count: 56,
  context_length: 32768,
  embedding_length: 6144,
  feed_forward_length: 16384,
  'attention.head_count': 48,
  'attention.head_count_kv': 8,
  'rope.freq_base': { f32: 1e6 },
  'rope.dimension_count': 128,
  vocab_size: 32768,
})
