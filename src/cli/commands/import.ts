/** `archcost import`: a config.json as an architecture document, with a report of what was read. */
import { prepare } from '../../engine/index.ts'
import type { Command } from '../command.ts'
import { findModel, modelWords } from '../model-source.ts'
import { print, say } from '../output.ts'
import { importReport } from '../import-report.ts'

export const command: Command = {
  operands: 'MODEL',
  takes: { min: 1, max: 1 },
  about: [
    'Prints the architecture document that a config.json describes, to be changed and given back as a MODEL.',
    'What was read, defaulted, derived, left out, ignored and not understood is reported on standard error.',
    '',
    modelWords,
  ].join('\n'),
  options: { quiet: { about: 'no report' } },
  examples: [
    { run: 'archcost import ./config.json > architecture.json', about: 'a file' },
    { run: 'archcost import qwen3-30b-a3b --quiet', about: 'a model of the catalogue' },
  ],
  async run([model], { quiet }) {
    const { architecture, report, notes } = await findModel(model!)
    prepare(architecture)
    await print(`${JSON.stringify(architecture, null, 2)}\n`)
    if (quiet === undefined) say(importReport(report, notes))
    return 0
  },
}
