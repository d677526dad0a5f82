/** An architecture with the formats that its weights are published in, where the config says them. */
import type { Formats } from '../../architecture/formats.ts'
import type { Model } from '../../architecture/model.ts'
import type { Architecture } from '../../architecture/schema.ts'
import type { ImportLog } from '../log.ts'
import { publishedFormats } from './formats.ts'

const keys = ['quantization_config', 'compression_config']

/** @param places where the config may say them, with their paths: in the language model's part, or around it */
export function withWeights(
  architecture: Architecture,
  model: Model,
  places: readonly (readonly [object: object, path: string])[],
  log: ImportLog,
): Architecture {
  for (const [place, path] of places)
    for (const key of keys) {
      const said = valueOf(place, key)
      const weights = said && publishedFormats(said, path + key, model, log)
      if (weights) {
        const ofExperts = places.map(([each, at]) => expertsIn(each, at, log))
        return { ...architecture, weights: Object.assign({}, weights, ...ofExperts) as Formats }
      }
    }
  return architecture
}

/** Beside eight-bit blocks some keep experts in four bits, and say so outside of the quantisation. */
function expertsIn(place: object, path: string, log: ImportLog): Formats {
  const key = 'expert_dtype'
  const said = valueOf(place, key)
  if (said === undefined || said === null) log.write(path + key, { kind: 'defaulted', value: null })
  if (said !== 'fp4' && said !== 'fp8') return {}
  log.write(path + key, { kind: 'read', value: said })
  return said === 'fp4' ? { experts: 'mxfp4' } : {}
}

const valueOf = (object: object, key: string): unknown =>
  Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined
