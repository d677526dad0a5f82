/** The rotary frequencies of a model, one entry per kind of layer. */
import type { Model } from '../architecture/model.ts'
import { passOf } from '../formulas/index.ts'
import type { RotaryEntry, Workload } from './types.ts'
import { completeWorkload } from './workload.ts'

/** Frequencies at a length of `context`; null where no block turns queries and keys. */
export function rotary(model: Model, given?: Partial<Workload>): RotaryEntry[] | null {
  const workload = completeWorkload(model, given)
  const pass = passOf(workload, workload.context, 0, 0)
  const entries = new Map<string, RotaryEntry>()
  for (const { groups } of model.stacks)
    for (const { formulas, settings, name, sublayer } of groups.flatMap(({ blocks }) => blocks)) {
      if (formulas.is !== 'rotary') continue
      const told = formulas.tell!(settings, pass)
      const entry = {
        layers: name ?? sublayer,
        inv_freq: told['inv_freq'] as number[],
        attention_factor: told['attention_factor'] as number,
      }
      entries.set(JSON.stringify(entry), entry)
    }
  return entries.size > 0 ? [...entries.values()] : null
}
