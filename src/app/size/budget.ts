/** What someone who sizes a model has: so many parameters or bytes, so many active, a device, a shape to begin from. */
export interface Budget {
  /** What the target is about: all parameters, or weights and cache together at the context and batch. */
  of: 'params.total' | 'memory.bytes'
  /** At most so much. */
  target: number
  /** Active parameters wanted of a mixture of experts; null where they may be what they come to. */
  active: number | null
  /** A device's name; null where none is asked for. */
  device: string | null
  /** The model whose shape is stretched: one of the catalogue by its name, or one in view by its letter. */
  from: string
  /** What widths must divide by. */
  grain: number
  /** What is to be small, among shapes that use the budget. */
  goal: Goal
}

/** What can be asked to be small: quantities by their names. */
export const goals = [
  { name: 'flops.decode', text: 'work of a decode step', unit: 'FLOP' },
  { name: 'cache.bytes', text: 'cache', unit: 'byte' },
  { name: 'bytes_read.decode', text: 'bytes read by a decode step', unit: 'byte' },
  { name: 'loss at tokens=15T', text: 'loss predicted after 15T tokens', unit: 'plain' },
] as const
export type Goal = (typeof goals)[number]['name']

/** Shapes to begin from: one of each kind. */
export const beginnings = [
  { name: 'llama-3.1-8b', text: 'Dense, as Llama 3.1' },
  { name: 'qwen3-8b', text: 'Dense, as Qwen3' },
  { name: 'gemma-3-12b', text: 'Dense with windows, as Gemma 3' },
  { name: 'mixtral-8x7b', text: 'Mixture of experts, as Mixtral' },
  { name: 'qwen3-30b-a3b', text: 'Many small experts, as Qwen3 30B-A3B' },
  { name: 'deepseek-v3', text: 'Experts and latent attention, as DeepSeek-V3' },
] as const

/** Of targets, in fields and in links. */
export const budgetRange = { min: 1e6, max: 1e14 }

/** What widths may be asked to divide by. */
export const grains = [64, 128, 256, 512] as const

export const usualBudget: Budget = {
  of: 'params.total',
  target: 13e9,
  active: null,
  device: 'NVIDIA H100 SXM',
  from: 'llama-3.1-8b',
  grain: 128,
  goal: 'flops.decode',
}
