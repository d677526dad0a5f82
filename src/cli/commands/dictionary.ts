/** `archcost dictionary`: the field's terms, each with worked examples that are computed when it is printed. */
import { computeEntry, list, loadEntry, mechanismsOf, type Listed } from '../../dictionary/index.ts'
import type { Command } from '../command.ts'
import { entryText } from '../entry-text.ts'
import { print, styled } from '../output.ts'
import { alignedTable } from '../table.ts'

export const command: Command = {
  operands: '[TERM…]',
  takes: { min: 0, max: Infinity },
  about: [
    'What a term of the field means, what is said of it, and what a calculation gives. Without a TERM, lists all.',
    'Every figure is computed by the engine on the spot, next to the figure that was published.',
  ].join('\n'),
  options: { format: { of: ['text', 'json'], about: 'how to print it' } },
  examples: [
    { run: 'archcost dictionary', about: 'all terms' },
    { run: 'archcost dictionary mla yarn', about: 'two of them, with their worked examples' },
    { run: 'archcost dictionary moe --format json', about: 'for another program' },
  ],
  async run(terms, { format }) {
    if (terms.length === 0) {
      await print(format === 'json' ? `${JSON.stringify(list, null, 2)}\n` : listText(list))
      return 0
    }
    const entries = await Promise.all(terms.map(loadEntry))
    const opened = await Promise.all(
      entries.map(async (entry) => ({
        entry,
        mechanisms: await mechanismsOf(entry.entry),
        examples: await computeEntry(entry),
      })),
    )
    if (format === 'json') {
      const plain = opened.map(({ entry: { examples: _, ...entry }, ...rest }) => ({
        ...entry,
        ...rest,
        examples: rest.examples.map((example) => ({
          ...example,
          models: example.models.map(({ model: _model, ...described }) => described),
        })),
      }))
      await print(`${JSON.stringify(plain.length === 1 ? plain[0] : plain, null, 2)}\n`)
    } else await print(opened.map(entryText).join('\n'))
    return 0
  },
}

const listText = (all: readonly Listed[]): string =>
  alignedTable(
    [
      { cells: ['term', 'title', 'what is said of it'], heading: true },
      ...all.map(({ term, title, verdicts }) => ({ cells: [term, title, verdicts.join(', ')] })),
    ],
    (row, line) => styled(row.heading ? 'bold' : 'plain', line),
    [0, 1, 2],
  )
