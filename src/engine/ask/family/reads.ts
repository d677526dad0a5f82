/** What formulas read of what they are given, so that nothing is asked again for what they do not read. */
import type { PlacedBlock } from '../../../architecture/model.ts'
import { noSums } from '../../../architecture/stored.ts'
import { distinctNames } from '../../../formulas/expression.ts'
import type { Pass } from '../../../formulas/index.ts'

/** Notes what is read of an object. Formulas take all they read at once, so that one call tells. */
export function noteReads<Of extends object>(of: Of): { noted: Of; reads: ReadonlySet<string> } {
  const reads = new Set<string>()
  const noted = new Proxy(of, {
    get(target, name) {
      reads.add(String(name))
      return Reflect.get(target, name) as unknown
    },
  })
  return { noted, reads }
}

/** The names that a block's formulas, its check and the defaults of its settings read: of settings, and of what the stack tells. */
export function namesRead({ formulas, settings }: PlacedBlock, pass: Pass): ReadonlySet<string> {
  const { noted, reads } = noteReads(settings)
  const sums = noSums()
  formulas.check(noted)
  formulas.addModel(noted, 1, sums)
  formulas.addPass(noted, pass, 1, sums)
  formulas.addStep(noted, pass, 1, sums)
  const inDefaults = formulas.settings.flatMap(({ follows }) =>
    follows === undefined ? [] : distinctNames(follows),
  )
  return new Set([...reads, ...inDefaults])
}
