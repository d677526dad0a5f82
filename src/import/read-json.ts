/** What a text in JSON is -> a model: a document of archcost's own, a config.json, or the header of a safetensors file. */
import { importPastedHeader, isHeader, refuseIndex } from './checkpoint.ts'
import { importConfig, type Imported } from './index.ts'

export type ReadModel = { kind: 'document'; document: unknown } | { kind: 'imported'; imported: Imported } // prettier-ignore

/**
 * @param name of the model, which neither a config nor a header says
 * @throws ArchcostError where it is none of these, or cannot be understood
 */
export function readJsonModel(json: unknown, name: string | null): ReadModel {
  if (isArchitecture(json)) return { kind: 'document', document: json }
  refuseIndex(json)
  if (isHeader(json))
    return { kind: 'imported', imported: importPastedHeader(json, name ?? 'pasted header') }
  const imported = importConfig(json)
  if (name === null) return { kind: 'imported', imported }
  return {
    kind: 'imported',
    imported: { ...imported, architecture: { ...imported.architecture, name } },
  }
}

/** An architecture document is known by its stacks; no config.json has them. */
const isArchitecture = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && Object.hasOwn(json, 'stacks')
