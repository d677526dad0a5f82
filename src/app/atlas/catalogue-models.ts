/** All models of the catalogue, ready to be costed: read once, in slices. */
import { prepareChecked } from '../../architecture/prepare.ts'
import type { Model } from '../../engine/index.ts'
import { entries, loadModel, type CatalogEntry } from '../../import/catalog/index.ts'
import '../../formulas/all-blocks.ts'
import { kindsOf, type Kinds } from './kinds.ts'
import { inSlices } from './slices.ts'

export interface CatalogueModel {
  entry: CatalogEntry
  model: Model
  kinds: Kinds
}

let models: Promise<readonly CatalogueModel[]> | undefined

export const catalogueModels = (): Promise<readonly CatalogueModel[]> =>
  (models ??= inSlices(entries, async (entry): Promise<CatalogueModel> => {
    // What the catalogue holds was checked when it was built.
    const model = prepareChecked((await loadModel(entry.name)).architecture)
    return { entry, model, kinds: kindsOf(model) }
  }).then((all) => all!))
