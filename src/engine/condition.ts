/** Conditions that a quantity is asked under: `at 128k`, `at context=128k,batch=8`, `at ep=64,device=L40S`. */
import { ArchcostError } from '../architecture/errors.ts'
import { parseNumber } from './numbers.ts'
import type { Workload } from './types.ts'

export interface Condition {
  workload: Partial<Pick<Workload, 'context' | 'batch'>>
  /** What is no part of the workload, as written. */
  others: Readonly<Record<string, string>>
}

/** @throws ArchcostError */
export function readCondition(quantity: string, condition: string | undefined): Condition {
  const others: Record<string, string> = {}
  const workload: Condition['workload'] = {}
  for (const part of condition?.split(',') ?? []) {
    const [key, value] = part.includes('=') ? part.split('=', 2).map(trim) : ['context', trim(part)]
    if (key === 'context' || key === 'batch')
      workload[key] = parseNumber(value!, { what: quantity, whole: true, min: 1 })
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
      : `at says context or batch, not ${other || 'nothing'}`,
    quantity,
  )
}
