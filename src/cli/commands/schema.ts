/** `archcost schema`: the JSON Schema of architecture documents. */
import type { Command } from '../command.ts'
import { documentSchema } from '../document-schema.ts'
import { print } from '../output.ts'

export const command: Command = {
  operands: '',
  takes: { min: 0, max: 0 },
  about:
    'The JSON Schema of architecture documents, with the settings of every block; editors complete and check by it.',
  options: {},
  examples: [{ run: 'archcost schema > architecture.schema.json', about: 'to a file' }],
  async run() {
    await print(`${JSON.stringify(documentSchema(), null, 2)}\n`)
    return 0
  },
}
