/** What writing and reading links agree on. */
import type { Formats, Workload } from '../../engine/index.ts'

export const workloadKeys = [
  'context', 'batch', 'source', 'weights', 'bytes_per_cache', 'bytes_per_state', 'bytes_per_activation',
  'pairs', 'head', 'flops_per_mac', 'latent_form', 'scan_form', 'page_tokens',
] as const satisfies readonly (keyof Workload)[] // prettier-ignore

/** In place of a catalogue's name: the document stands in the hash. */
export const inHash = '~'

/** A part of the workload as its key holds it. */
export const writeWorkload = (value: NonNullable<Workload[keyof Workload]> | null): string =>
  typeof value === 'object' && value !== null ? writeWeights(value) : String(value)

/** `experts:mxfp4,default:bf16`. */
export const writeWeights = (formats: Formats): string =>
  Object.entries(formats)
    .map(([role, format]) => `${role}:${format}`)
    .join()

/** What `writeWeights` wrote. What is wrong in it is the engine's to say. */
export const readWeights = (text: string): Formats =>
  Object.fromEntries(
    text.split(',').map((part): [string, string | number] => {
      const [role = '', format = ''] = part.split(':', 2)
      return [role, format !== '' && Number.isFinite(Number(format)) ? Number(format) : format]
    }),
  )
