/** The JSON Schemas of what stands in files: architecture documents, and the YAML under formulas/. */
import * as z from 'zod'
import { entryFile } from '../dictionary/entry.ts'
import { hardwareFile, weightFormatsFile } from '../formulas/data.ts'
import { blockFile, contractFile, functionFile, scenarioFile } from '../formulas/file-schema.ts'
import { documentSchema } from './document-schema.ts'

/** By what a file says it is; `formula` is any file that holds equations. */
export const yamlFiles = {
  formula: z.union([blockFile, scenarioFile, functionFile]),
  block: blockFile,
  scenario: scenarioFile,
  function: functionFile,
  contract: contractFile,
  hardware: hardwareFile,
  'weight-formats': weightFormatsFile,
  dictionary: entryFile,
} as const
export type YamlFile = keyof typeof yamlFiles

export const schemaNames: readonly string[] = ['architecture', ...Object.keys(yamlFiles)]

/**
 * What can be told before anything is compiled: keys, types and ranges; `archcost check` tells the rest.
 * @param name one of `schemaNames`
 */
export const schemaOf = (name: string): Record<string, unknown> =>
  name === 'architecture'
    ? documentSchema()
    : {
        title: `A ${name} file of archcost`,
        ...z.toJSONSchema(yamlFiles[name as YamlFile], { io: 'input' }),
      }
