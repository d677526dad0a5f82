/** The JSON Schemas of what stands in files: architecture documents, and the YAML under formulas/. */
import * as z from 'zod'
import { deploymentDocument } from '../architecture/deployment.ts'
import { entryFile } from '../dictionary/entry.ts'
import { hardwareFile, weightFormatsFile } from '../formulas/data.ts'
import {
  blockFile,
  contractFile,
  functionFile,
  runtimeFile,
  scenarioFile,
  totalsFile,
} from '../formulas/file-schema.ts'
import { mixturesFile } from '../formulas/mixtures.ts'
import { documentSchema } from './document-schema.ts'
import { workloadSchema } from './workload-schema.ts'

/** By what a file says it is; `formula` is any file that holds equations. */
export const yamlFiles = {
  formula: z.union([blockFile, scenarioFile, runtimeFile, functionFile]),
  block: blockFile,
  scenario: scenarioFile,
  runtime: runtimeFile,
  function: functionFile,
  contract: contractFile,
  totals: totalsFile,
  hardware: hardwareFile,
  'weight-formats': weightFormatsFile,
  mixtures: mixturesFile,
  dictionary: entryFile,
} as const
export type YamlFile = keyof typeof yamlFiles

/** JSON documents; the schemas of the first two are made from formula files. */
const documents: Readonly<Record<string, () => Record<string, unknown>>> = {
  architecture: documentSchema,
  workload: workloadSchema,
  deployment: () => ({
    title: 'A deployment document of archcost',
    ...z.toJSONSchema(deploymentDocument, { io: 'input' }),
  }),
}

export const schemaNames: readonly string[] = [...Object.keys(documents), ...Object.keys(yamlFiles)]

/**
 * What can be told before anything is compiled: keys, types and ranges; `archcost check` tells the rest.
 * @param name one of `schemaNames`
 */
export const schemaOf = (name: string): Record<string, unknown> =>
  documents[name]?.() ?? {
    title: `A ${name} file of archcost`,
    ...z.toJSONSchema(yamlFiles[name as YamlFile], { io: 'input' }),
  }
