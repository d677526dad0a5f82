/** The space that is searched, and what is compared of what is found. */
import type { Search } from '../../src/engine/ask/search/search.ts'

export const limits = { params: 300e9, active: 20e9, cache: 1.5e9 }

export const wanted = {
  workload: { context: 32768 },
  vary: {
    n_layers: '20..64:step:4',
    d_model: '2048..8192:step:512',
    kv_lora_rank: [128, 256, 384, 512],
    'ffn.n_experts': [16, 32, 64, 96, 128, 192, 256],
    'ffn.top_k': [1, 2, 4, 6, 8, 10, 12, 16],
    'ffn.d_ff_expert': '512..4096:step:128',
  },
  constraints: [
    `params.total <= ${limits.params}`,
    `params.active <= ${limits.active}`,
    `cache.bytes <= ${limits.cache}`,
  ],
  minimise: 'flops.decode',
  maximise: 'params.total',
}

export interface Found {
  feasible: number
  /** FLOPs and parameters of the designs that no other beats, by FLOPs. */
  front: number[][]
}

export function findingsOf({ run, total }: Search): Found {
  const { feasible, front } = run(0, total)
  return { feasible, front: front.map(({ goals: [flops, params] }) => [flops!, -params!]) }
}
