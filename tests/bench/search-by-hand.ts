/** The same search as loops over the one kind of model that it is for, with what a loop need not repeat taken out of it. */
import { deepseekV3 as m } from './by-hand.ts'
import { limits, type Found } from './search-space.ts'

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step)
const layers = range(20, 64, 4)
const widths = range(2048, 8192, 512)
const ranks = [128, 256, 384, 512]
const experts = [16, 32, 64, 96, 128, 192, 256]
const topKs = [1, 2, 4, 6, 8, 10, 12, 16]
const expertWidths = range(512, 4096, 128)
const context = 32768

export function frontByHand(): Found {
  const front: [number, number][] = []
  let feasible = 0
  const { n_heads: H, d_nope, d_rope, d_v, q_rank, vocab_size, dense_layers } = m
  for (const N of layers)
    for (const d of widths)
      for (const rank of ranks) {
        const attention =
          d * q_rank +
          q_rank * H * (d_nope + d_rope) +
          d * (rank + d_rope) +
          rank * H * (d_nope + d_v) +
          H * d_v * d
        const norms = 2 * d + q_rank + rank
        const cache = (rank + d_rope) * 2 * N * context
        const core = 2 * H * context * (2 * rank + d_rope)
        const dense = 3 * d * m.d_ff
        const shared = 3 * d * m.d_ff_shared
        const base =
          2 * vocab_size * d +
          d +
          N * (attention + norms) +
          dense_layers * dense +
          (N - dense_layers) * shared
        const work =
          N * (2 * attention + core) +
          dense_layers * 2 * dense +
          (N - dense_layers) * 2 * shared +
          2 * vocab_size * d
        for (const E of experts)
          for (const k of topKs)
            for (const width of expertWidths) {
              const expert = 3 * d * width
              const params = base + (N - dense_layers) * (d * E + E * expert)
              const active = params - (N - dense_layers) * (E - k) * expert
              const flops = work + (N - dense_layers) * 2 * (d * E + k * expert)
              if (params > limits.params || active > limits.active || cache > limits.cache) continue
              feasible++
              add(front, flops, params)
            }
      }
  return { feasible, front: front.toSorted((a, b) => a[0] - b[0]) }
}

function add(front: [number, number][], flops: number, params: number): void {
  for (let index = 0; index < front.length; index++) {
    const point = front[index]!
    if (point[0] > flops || point[1] < params) continue
    if (index > 0) [front[0], front[index]] = [point, front[0]!]
    return
  }
  let kept = 0
  for (const point of front) if (point[0] < flops || point[1] > params) front[kept++] = point
  front.length = kept
  front.push([flops, params])
}
