/** The architecture documents of a worked example. */
import { ArchcostError, prepare, type Architecture, type Model } from '../engine/index.ts'
import { transform, type TransformStep } from '../engine/transform/index.ts'
import { entries, loadModel } from '../import/catalog/index.ts'
import type { Example, ModelSource } from './entry.ts'

export interface ExampleModel {
  key: string
  name: string
  /** Its name in the catalogue, and the settings that differ, by address; null where it is more than that. */
  catalogue: string | null
  changes: Readonly<Record<string, unknown>>
  document: Architecture
  model: Model
}

/** By key, in the order of the entry. */
export async function exampleModels({
  models,
}: Pick<Example, 'models'>): Promise<Map<string, ExampleModel>> {
  const found = new Map<string, ExampleModel>()
  for (const [key, source] of Object.entries(models))
    found.set(key, await modelOf(key, source, found))
  return found
}

async function modelOf(
  key: string,
  source: ModelSource,
  above: ReadonlyMap<string, ExampleModel>,
): Promise<ExampleModel> {
  const { transforms = [], set = {} } = source
  const base = await baseOf(source, above)
  const steps: TransformStep[] = [...(transforms as TransformStep[])]
  if (Object.keys(set).length > 0) steps.push({ ...set, transform: 'set' })
  const name = source.name ?? base.name
  const document = { ...transform(base.document, steps), name }
  return {
    key,
    name,
    catalogue: transforms.length > 0 ? null : base.catalogue,
    changes: { ...base.changes, ...set },
    document,
    model: prepare(document),
  }
}

type Base = Pick<ExampleModel, 'name' | 'catalogue' | 'changes' | 'document'>

async function baseOf(
  { catalogue, from, document }: ModelSource,
  above: ReadonlyMap<string, ExampleModel>,
): Promise<Base> {
  if (from !== undefined) return above.get(from)!
  if (catalogue === undefined) {
    const own = prepare(document).architecture
    return { name: own.name, catalogue: null, changes: {}, document: own }
  }
  const entry = entries.find((each) => each.name === catalogue)
  if (entry === undefined)
    throw new ArchcostError('unsupported', `there is no ${catalogue} in the catalogue`)
  const { architecture } = await loadModel(catalogue)
  return {
    name: entry.title,
    catalogue,
    changes: {},
    document: architecture,
  }
}
