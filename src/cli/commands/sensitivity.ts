/** `archcost sensitivity`: which settings move a quantity most. */
import { sensitivity } from '../../engine/ask/sensitivity.ts'
import { askedUnder, designOptions, holdOption, nameWords, readDesign } from '../ask-options.ts'
import { splitList } from '../pairs.ts'
import { percent, showNumber } from '../answer-text.ts'
import type { Command } from '../command.ts'
import { modelWords } from '../model-source.ts'
import { print, styled } from '../output.ts'
import { alignedTable, csv } from '../table.ts'

export const command: Command = {
  operands: 'MODEL QUANTITY',
  takes: { min: 2, max: 2 },
  about: [
    'What a quantity does when each setting alone grows by a hundredth, or by the next step that makes a design. Elasticity is',
    'the change of the quantity over that of the setting: 1 where both grow alike. Settings that do not move it are left out.',
    '',
    nameWords,
    '',
    modelWords,
  ].join('\n'),
  options: {
    hold: holdOption,
    ...designOptions,
    format: { of: ['table', 'json', 'csv'], about: 'how to print it' },
  },
  examples: [
    {
      run: 'archcost sensitivity llama-3.1-8b flops.decode --context 128Ki',
      about: 'what decides a decode step at a long context',
    },
    {
      run: 'archcost sensitivity deepseek-v3 params.active --format csv',
      about: 'what decides active parameters',
    },
  ],
  async run([word, quantity], options) {
    const design = await readDesign(word!, options, [quantity!])
    const [asked] = askedUnder(design, [quantity!], options)
    const rows = sensitivity(design, asked!, splitList(options['hold']))
    const cells = rows.map(({ setting, from, to, change, elasticity }) => ({
      setting: setting.address,
      from,
      to,
      change,
      elasticity,
    }))
    switch (options['format']) {
      case 'json':
        await print(`${JSON.stringify(cells, null, 2)}\n`)
        return 0
      case 'csv':
        await print(
          csv([
            ['setting', 'from', 'to', 'change', 'elasticity'],
            ...cells.map((each) => Object.values(each)),
          ]),
        )
        return 0
      default: {
        const head = { cells: ['setting', 'from', 'to', quantity!, 'elasticity'] }
        const body = cells.map(({ setting, from, to, change, elasticity }) => ({
          cells: [
            setting,
            showNumber(from),
            showNumber(to),
            percent(change),
            elasticity.toFixed(3),
          ],
        }))
        await print(
          alignedTable([head, ...body], (row, line) =>
            styled(row === head ? 'bold' : 'plain', line),
          ),
        )
        return 0
      }
    }
  },
}
