/** Whether every model of the catalogue fits on the machine of the page, and on how few of its devices; after their costs. */
import { useEffect, useState } from 'react'
import { ArchcostError } from '../../architecture/errors.ts'
import { openFit } from '../../engine/deploy/open-fit.ts'
import type { Workload } from '../../engine/index.ts'
import { atContext } from '../../engine/workload.ts'
import type { Machine } from '../state/session.ts'
import { deploymentOf } from '../verdict/deployment.ts'
import { catalogueModels, type CatalogueModel } from './catalogue-models.ts'
import { inSlices } from './slices.ts'

export interface Fits {
  /** On the machine as it is. */
  fits: boolean
  /** Null where it fits on no number of devices that was tried. */
  fewest: number | null
}

/** By the name of the entry; null until all are known. */
export function useFits(
  machine: Machine,
  chosen: Partial<Workload>,
  context: number,
): ReadonlyMap<string, Fits> | null {
  const [found, setFound] = useState<ReadonlyMap<string, Fits> | null>(null)
  useEffect(() => {
    let isStopped = false
    const fitAll = async (): Promise<void> => {
      const workload = atContext(chosen, context)
      const all = await inSlices(
        await catalogueModels(),
        ({ entry, model }) => [entry.name, fitsOf(model, machine, workload)] as const,
        () => isStopped,
      )
      if (all !== null && !isStopped) setFound(new Map(all))
    }
    // What goes wrong with the models the costs say.
    fitAll().catch(() => setFound(null))
    return () => {
      isStopped = true
    }
  }, [machine, chosen, context])
  return found
}

export function fitsOf(
  model: CatalogueModel['model'],
  machine: Machine,
  workload: Partial<Workload>,
): Fits {
  const { device, devices: _, parallel: __, ...document } = deploymentOf(machine)
  const whole = attempted(() => openFit(model, deploymentOf(machine), workload).room.fits)
  const fewest = attempted(() =>
    openFit(model, { ...document, device, devices: 1 }, workload).min_devices(),
  )
  return { fits: whole ?? false, fewest: fewest ?? null }
}

/** Nothing where a model cannot be cut so, or cannot run the workload. */
function attempted<Result>(ask: () => Result): Result | undefined {
  try {
    return ask()
  } catch (error) {
    if (error instanceof ArchcostError) return undefined
    throw error
  }
}
