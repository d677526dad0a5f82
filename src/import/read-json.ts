/** What a text in JSON is -> a model: a document of archcost's own, a config.json, or headers of safetensors files. */
import { ArchcostError } from '../architecture/errors.ts'
import { importPastedHeaders, isHeader, refuseIndex } from './checkpoint.ts'
import { importConfig, type Imported } from './index.ts'

export type ReadModel = { kind: 'document'; document: unknown } | { kind: 'imported'; imported: Imported } // prettier-ignore

/**
 * @param name of the model, which neither a config nor a header says
 * @throws ArchcostError where it is none of these, or cannot be understood
 */
export function readJsonModel(json: unknown, name: string | null): ReadModel {
  if (isArchitecture(json)) return { kind: 'document', document: json }
  refuseIndex(json)
  if (isHeader(json)) return { kind: 'imported', imported: importPastedHeaders([json], null, name) }
  const imported = importConfig(json)
  if (name === null) return { kind: 'imported', imported }
  return {
    kind: 'imported',
    imported: { ...imported, architecture: { ...imported.architecture, name } },
  }
}

/**
 * The model whose files' headers stand one after the other, perhaps with its config.json among them.
 * @throws ArchcostError where they are not that
 */
export function readJsonParts(parts: readonly unknown[], name: string | null): Imported {
  const headers = parts.filter(isHeader)
  const [config = null, ...more] = parts.filter((part) => !isHeader(part))
  for (const part of [config, ...more]) refuseIndex(part)
  if (headers.length === 0 || more.length > 0)
    throw new ArchcostError(
      'invalid_json',
      `${parts.length} pieces of JSON stand one after the other; several are read where they are the headers of one model's safetensors files, with its config.json or without`,
    )
  return importPastedHeaders(headers, config, name)
}

/** An architecture document is known by its stacks; no config.json has them. */
const isArchitecture = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && Object.hasOwn(json, 'stacks')
