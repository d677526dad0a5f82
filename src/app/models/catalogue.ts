/** Published models as the page opens them. The data is loaded when first needed. */
import type { Letter } from './letters.ts'
import { slotOf, type Slot } from './slot.ts'
import { prepareChecked } from '../../architecture/prepare.ts'

/** All that a model of the catalogue needs, asked for at once. */
const loadCatalogue = () =>
  Promise.all([import('../../import/catalog/index.ts'), import('../../formulas/all-blocks.ts')])

/** @throws Error where the catalogue has no model of that name */
export async function slotFromCatalogue(name: string, letter: Letter): Promise<Slot> {
  const [{ entries, loadModel }] = await loadCatalogue()
  const entry = entries.find((each) => each.name === name)
  if (entry === undefined) throw new Error(`The catalogue has no model named ${name.slice(0, 60)}.`)
  const { architecture, report, notes } = await loadModel(name)
  // What the catalogue holds was checked when it was built.
  const document = { ...architecture, name: entry.title }
  return slotOf(letter, prepareChecked(document), { catalogue: name, report, notes })
}
