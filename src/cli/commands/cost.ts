/** `archcost cost`: what models cost, one alone or several side by side. */
import type { Command } from '../command.ts'
import { type Format, printCosts } from '../cost-formats.ts'
import { costReport } from '../cost-report.ts'
import { eachModel, findModel, modelWords } from '../model-source.ts'
import { print } from '../output.ts'
import { modulesNamed, withModules, withOption } from '../with-modules.ts'
import { readWorkload, setOption, workloadOptions } from '../workload-options.ts'

export const command: Command = {
  operands: 'MODEL…',
  takes: { min: 1, max: Infinity },
  about: `Parameters, FLOPs and cache of models, side by side where there are several.\n\n${modelWords}`,
  options: {
    set: setOption,
    with: withOption,
    ...workloadOptions,
    format: {
      of: ['table', 'json', 'csv', 'markdown'],
      about: 'how to print it; json is an object for one MODEL, a list of them for several',
    },
  },
  examples: [
    { run: 'archcost cost deepseek-v3 --context 128Ki', about: 'one model at a long context' },
    {
      run: 'archcost cost mixtral-8x7b llama-2-70b --batch 16 --format markdown',
      about: 'two models side by side',
    },
    {
      run: 'archcost cost deepseek-v3 --with mtp',
      about: 'with its module for multi-token prediction',
    },
    {
      run: 'archcost cost llama-3.1-8b --context 64Ki --cache-dtype fp8 --format json',
      about: 'everything, for a program',
    },
  ],
  async run(models, options) {
    const given = readWorkload(options)
    // Only JSON shows rotary angles, which bring the words of every equation with them.
    const rotary =
      options['format'] === 'json'
        ? (await import('../../engine/explanations.ts')).rotary
        : undefined
    const reports = await eachModel(models, async (word) => {
      const found = withModules(await findModel(word), modulesNamed(options['with']))
      if (options['set'] === undefined) return costReport(found, given, rotary)
      // What varies designs is loaded only where one is varied.
      const { withSet } = await import('../ask-options.ts')
      const design = { architecture: found.architecture, workload: given }
      const { architecture, workload } = withSet(design, options['set'])
      return costReport({ ...found, architecture }, workload, rotary)
    })
    await print(printCosts(reports, (options['format'] ?? 'table') as Format))
    return 0
  },
}
