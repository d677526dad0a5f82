/** What every model of the catalogue costs under the workload of the page; the last costs stay until the next are there. */
import { useEffect, useState } from 'react'
import { evaluate } from '../../engine/evaluate.ts'
import type { Cost, Workload } from '../../engine/index.ts'
import { atContext, completeWorkload } from '../../engine/workload.ts'
import { catalogueModels, type CatalogueModel } from './catalogue-models.ts'
import { inSlices } from './slices.ts'

export interface Costed extends CatalogueModel {
  /** Null where the workload is none that this model can run, as images without a tower for them. */
  cost: Cost | null
}

export interface Costs {
  models: readonly Costed[]
  /** Tokens and sequences that they are costed at. */
  context: number
  batch: number
}

export function useCosts(chosen: Partial<Workload>, context: number): Costs | null {
  const [costs, setCosts] = useState<Costs | null>(null)
  const [failure, setFailure] = useState<Error | null>(null)
  useEffect(() => {
    let isStopped = false
    const costAll = async (): Promise<void> => {
      const workload = atContext(chosen, context)
      const models = await inSlices(
        await catalogueModels(),
        (each): Costed => ({ ...each, cost: costOrNull(each, workload) }),
        () => isStopped,
      )
      if (models !== null && !isStopped) setCosts({ models, context, batch: chosen.batch ?? 1 })
    }
    costAll().catch(setFailure)
    return () => {
      isStopped = true
    }
  }, [chosen, context])
  // The boundary around the page says it.
  if (failure !== null) throw failure
  return costs
}

function costOrNull({ model }: CatalogueModel, workload: Partial<Workload>): Cost | null {
  try {
    return evaluate(model, completeWorkload(model, workload))
  } catch {
    return null
  }
}
