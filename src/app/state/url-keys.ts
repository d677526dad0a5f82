/** What writing and reading links agree on. */
import type { Formats, Workload } from '../../engine/index.ts'
import { workloadKeys as keysOfWorkload } from '../../formulas/index.ts'

/** The keys of the workload; bytes of every weight are said as formats. */
export const workloadKeys = keysOfWorkload
  .filter(({ instead_of }) => instead_of === undefined)
  .map(({ name }) => name) as Exclude<keyof Workload, 'bytes_per_weight'>[]

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
