/** What scenarios take from blocks: the blocks must say it. What totals, the workload and devices say, the engine knows. */
import { distinctNames } from './expression.ts'
import { within } from './formula-error.ts'
import type { Formulas, Mechanism } from './mechanism.ts'
import { didYouMean } from './nearest.ts'

/** @throws FormulaError at the first name that no block says */
export function checkFrom({ file, settings }: Mechanism, { blocks }: Formulas): void {
  const at = within(file)
  for (const { name, from = [] } of settings)
    for (const said of from.flatMap(distinctNames))
      at(`settings.${name}.from`, () => checkReference(said, Object.values(blocks)))
}

function checkReference(reference: string, blocks: readonly Mechanism[]): void {
  const whose = reference.slice(0, reference.indexOf('.'))
  const what = reference.slice(whose.length + 1)
  const meant = blocks.filter(({ name, folder, is }) => [name, folder, is].includes(whose))
  if (meant.length === 0 || what === 'layers') return
  const said = meant.flatMap(({ settings, definitions }) =>
    [...settings, ...definitions].map(({ name }) => name),
  )
  if (!said.includes(what)) throw new Error(`${whose} says no ${what}${didYouMean(what, said)}`)
}
