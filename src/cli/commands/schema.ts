/** `archcost schema`: the JSON Schemas of architecture documents and of the files under formulas/. */
import { didYouMean } from '../../formulas/index.ts'
import type { Command } from '../command.ts'
import { UsageError } from '../errors.ts'
import { print } from '../output.ts'

export const command: Command = {
  operands: '[WHAT]',
  takes: { min: 0, max: 1 },
  about: [
    'The JSON Schema of architecture documents, with the settings of every block; editors complete and check by it.',
    'Or, by WHAT, of a workload, of a deployment, or of a file under formulas/: formula (any that holds equations), block,',
    'scenario, runtime, function, contract, totals, hardware, weight-formats, mixtures or dictionary. In YAML a first line',
    '"# yaml-language-server: $schema=block.json" names it.',
  ].join('\n'),
  options: {},
  examples: [
    { run: 'archcost schema > architecture.schema.json', about: 'to a file' },
    { run: 'archcost schema block > block.json', about: 'of a mechanism in YAML' },
  ],
  async run([what = 'architecture']) {
    // Loaded here: the shapes of YAML files bring a YAML parser.
    const { schemaNames, schemaOf } = await import('../../schemas/file-schemas.ts')
    if (!schemaNames.includes(what))
      throw new UsageError(
        `there is no schema of ${what}${didYouMean(what, schemaNames) || `; there is one of ${schemaNames.join(', ')}`}`,
      )
    await print(`${JSON.stringify(schemaOf(what), null, 2)}\n`)
    return 0
  },
}
