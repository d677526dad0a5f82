/** What writing and reading links agree on. */
import type { Workload } from '../../engine/index.ts'

export const workloadKeys = [
  'context', 'batch', 'source', 'bytes_per_weight', 'bytes_per_cache', 'bytes_per_state', 'bytes_per_activation',
  'pairs', 'head', 'flops_per_mac', 'latent_form', 'scan_form', 'page_tokens',
] as const satisfies readonly (keyof Workload)[] // prettier-ignore

/** In place of a catalogue's name: the document stands in the hash. */
export const inHash = '~'
