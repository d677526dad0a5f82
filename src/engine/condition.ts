/** Conditions that a quantity is asked under: `at 128k`, `at context=128k,batch=8`, `at latent_form=expanded`, `at ep=64,device=L40S`. */
import { ArchcostError } from '../architecture/errors.ts'
import { didYouMean, workloadKeys } from '../formulas/index.ts'
import type { Workload } from './types.ts'
import { namesOfKey, readWorkloadText, workloadKeyNamed } from './workload-text.ts'

export interface Condition {
  workload: Partial<Workload>
  /** What is no part of the workload, as written. */
  others: Readonly<Record<string, string>>
}

/** @throws ArchcostError */
export function readCondition(quantity: string, condition: string | undefined): Condition {
  const others: Record<string, string> = {}
  const workload: Partial<Workload> = {}
  // `at a=1 at b=2` says what `at a=1,b=2` does.
  for (const part of condition?.split(/,| at /) ?? []) {
    const [key, value] = part.includes('=') ? part.split('=', 2).map(trim) : ['context', trim(part)]
    const inWorkload = workloadKeyNamed(key!)
    if (inWorkload) Object.assign(workload, readWorkloadText(inWorkload, value!, quantity))
    else others[key!] = value!
  }
  return { workload, others }
}

const trim = (text: string): string => text.trim()

/** Refuses conditions that nothing reads. @throws ArchcostError */
export function refuseOthers(quantity: string, { others }: Condition): void {
  const [other] = Object.keys(others)
  if (other === undefined) return
  throw new ArchcostError(
    'invalid_workload',
    other === 'tokens'
      ? 'does not depend on training tokens'
      : `at says parts of the workload, such as context and batch, not ${other || 'nothing'}${didYouMean(other, workloadKeys.flatMap(namesOfKey))}`,
    quantity,
  )
}
