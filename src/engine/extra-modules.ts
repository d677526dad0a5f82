/** What the extra modules of a document hold. */
import { prepareChecked } from '../architecture/prepare.ts'
import type { Architecture } from '../architecture/schema.ts'
import { evaluate } from './evaluate.ts'

/**
 * Parameters of each extra module that is not counted, by name.
 * @param document checked
 * @throws ArchcostError where one is not what a module can be
 */
export function extraParams({ extra = [], ...document }: Architecture): Record<string, number> {
  const { role, d_model } = document.stacks.at(-1)!
  return Object.fromEntries(
    extra.map(({ name, ...layers }) => {
      const alone = { role, d_model, ...layers, input: [], output: [] }
      const { params } = evaluate(
        prepareChecked({ ...document, towers: undefined, stacks: [alone] }),
      )
      return [name, params.total]
    }),
  )
}
