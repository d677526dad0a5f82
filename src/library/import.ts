/** `archcost/import`: published models as architectures, from a config.json, a GGUF file or the catalogue. */
export {
  importConfig,
  modelTypes,
  type Imported,
  type ImportReport,
  type Note,
} from '../import/index.ts'
export { importGguf, readGguf, type GgufHeader, type ReadBytes } from '../import/gguf/index.ts'
export { entries, loadModel, type CatalogEntry } from '../import/catalog/index.ts'
