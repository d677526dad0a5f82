/** Budgets in, candidate shapes out, each a click away from the calculator. */
import { useEffect, useMemo, useState } from 'react'
import { findDevice, usableMemory } from '../../engine/hardware.ts'
import { evaluate, prepare, type Architecture } from '../../engine/index.ts'
import { slotFromCatalogue } from '../models/catalogue.ts'
import { useShell } from '../parts/shell.tsx'
import { activeSlot } from '../state/session.ts'
import { slotOf, freeLetter } from '../models/slot.ts'
import { useDispatch, useResults, useSession } from '../state/store.tsx'
import type { Budget } from './budget.ts'
import { BudgetForm } from './form.tsx'
import { Nearest } from './nearest.tsx'
import styles from './panel.module.css'
import { Outcome } from './outcome.tsx'
import type { Shape } from './shape.ts'
import { ShapeTable } from './table.tsx'
import { useSearch } from './use-search.ts'
import type { Wish } from './wish.ts'

export function SizePanel() {
  const session = useSession()
  const { budget } = session
  const { workload } = useResults()[0]!
  const dispatch = useDispatch()
  const { say } = useShell()
  const base = useBase(budget.from)
  const memory = budget.device === null ? null : usableMemory(findDevice(budget.device))
  const { context, batch, bytes_per_weight, bytes_per_cache } = workload
  const usual = useMemo(
    () => base && usualActive(base, budget, bytes_per_weight),
    [base, budget, bytes_per_weight],
  )
  const wish = useMemo((): Wish | null => {
    if (base === null) return null
    return {
      architecture: { ...base, max_context: Math.max(base.max_context, context) },
      workload: { context, batch, bytes_per_weight, bytes_per_cache },
      of: budget.of,
      target: budget.target,
      active: usual && (budget.active ?? usual),
      memory: budget.of === 'params.total' ? memory : null,
      grain: budget.grain,
      goal: budget.goal,
    }
  }, [base, budget, memory, usual, context, batch, bytes_per_weight, bytes_per_cache])
  const { found, stop } = useSearch(wish)

  const open = (shape: Shape, beside: boolean): void => {
    const free = beside ? freeLetter(session.slots) : undefined
    const letter = free ?? activeSlot(session).letter
    const origin = { catalogue: null, report: null, notes: [] }
    const slot = slotOf(letter, prepare(shape.architecture), origin)
    dispatch({ kind: free ? 'add' : 'replace', slot })
    say(`${shape.architecture.name} is model ${letter}.`)
  }
  const free = freeLetter(session.slots) ?? null

  return (
    <section className={styles['panel']} aria-label="Budget and shapes">
      <BudgetForm
        budget={budget}
        onChange={(set) => dispatch({ kind: 'budget', set })}
        usualActive={usual}
        workload={workload}
        onWorkload={(set) => dispatch({ kind: 'workload', set })}
      />
      <Outcome found={found} budget={budget} onStop={stop} onOpen={(shape) => open(shape, false)} />
      <ShapeTable
        shapes={found.shapes}
        budget={budget}
        letters={{ present: session.active, free }}
        onOpen={open}
      />
      <Nearest budget={budget} bytes_per_weight={bytes_per_weight} />
    </section>
  )
}

/** Of a budget as large a part as of the model whose shape is stretched; null where that has no experts. */
function usualActive(
  architecture: Architecture,
  { of, target }: Budget,
  bytes_per_weight: number,
): number | null {
  const { params } = evaluate(prepare(architecture), {})
  if (params.active === params.total) return null
  const params_wanted = of === 'params.total' ? target : target / bytes_per_weight
  return Math.round((params_wanted * params.active) / params.total)
}

function useBase(name: string): Architecture | null {
  const [base, setBase] = useState<Architecture | null>(null)
  useEffect(() => {
    let wanted = true
    void slotFromCatalogue(name, 'A').then((slot) => wanted && setBase(slot.document))
    return () => {
      wanted = false
    }
  }, [name])
  return base
}
