/** What writing and reading links agree on. */
import type { Formats, Workload } from '../../engine/index.ts'
import { workloadKeys as keysOfWorkload } from '../../formulas/index.ts'
import { readValue } from './values.ts'

/** In place of a catalogue's name: the document stands in the hash. */
export const inHash = '~'

const keyNamed = (name: string) => keysOfWorkload.find((key) => key.name === name)!

/** A part of the workload as its key holds it: `8192`, `experts:mxfp4,default:bf16`, `4x1024x768`. */
export function writeWorkload(name: string, value: Workload[keyof Workload]): string {
  if (typeof value !== 'object' || value === null) return String(value)
  return keyNamed(name).type === 'record' ? Object.values(value).join('x') : writeWeights(value)
}

/** What `writeWorkload` wrote. What is wrong in it is the engine's to say. */
export function readWorkload(name: string, text: string): unknown {
  const { type, fields = [] } = keyNamed(name)
  if (type === 'formats') return readWeights(text)
  if (type !== 'record') return readValue(text)
  const numbers = text.split('x').map(Number)
  return Object.fromEntries(fields.map((field, place) => [field.name, numbers[place]]))
}

/** `experts:mxfp4,default:bf16`. */
const writeWeights = (formats: Formats): string =>
  Object.entries(formats)
    .map(([role, format]) => `${role}:${format}`)
    .join()

/** What `writeWeights` wrote. What is wrong in it is the engine's to say. */
const readWeights = (text: string): Formats =>
  Object.fromEntries(
    text.split(',').map((part): [string, string | number] => {
      const [role = '', format = ''] = part.split(':', 2)
      return [role, format !== '' && Number.isFinite(Number(format)) ? Number(format) : format]
    }),
  )
