/** The rotary frequencies of a model, one entry per kind of layer. */
import type { Model } from '../architecture/model.ts'
import { passOf, type Told } from '../formulas/index.ts'
import type { RotaryEntry, Workload } from './types.ts'
import { completeWorkload } from './workload.ts'

/** Frequencies at a length of `context`; null where no block turns queries and keys. */
export function rotary(model: Model, given?: Partial<Workload>): RotaryEntry[] | null {
  const entries = new Map<string, RotaryEntry>()
  for (const { layers, told } of toldByRotary(model, given)) {
    const entry = {
      layers,
      inv_freq: told['inv_freq'] as number[],
      attention_factor: told['attention_factor'] as number,
    }
    entries.set(JSON.stringify(entry), entry)
  }
  return entries.size > 0 ? [...entries.values()] : null
}

/** Values of the tables of cosines and sines that serving runtimes keep; layers that turn alike share one. */
export function rotaryTableValues(model: Model, given?: Partial<Workload>): number {
  const tables = new Map<string, number>()
  for (const { told } of toldByRotary(model, given)) {
    const [frequencies, rows] = [told['inv_freq'] as number[], told['table_rows'] as number]
    tables.set(JSON.stringify([frequencies, rows]), 2 * frequencies.length * rows)
  }
  return [...tables.values()].reduce((sum, values) => sum + values, 0)
}

/** What each rotary block of the layers tells, and which layers they are. */
function toldByRotary(model: Model, given?: Partial<Workload>): { layers: string; told: Told }[] {
  const workload = completeWorkload(model, given)
  const pass = passOf(workload, workload.context, 0, 0)
  return model.stacks
    .flatMap(({ groups }) => groups.flatMap(({ blocks }) => blocks))
    .filter(({ formulas }) => formulas.is === 'rotary')
    .map(({ formulas, settings, name, sublayer }) => ({
      layers: name ?? sublayer,
      told: formulas.tell!(settings, pass),
    }))
}
