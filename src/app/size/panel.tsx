/** Budgets in, candidate shapes out, each a click away from the calculator. */
import { useEffect, useMemo, useState } from 'react'
import { devices } from '../../engine/hardware.ts'
import { prepare, type Architecture } from '../../engine/index.ts'
import { slotFromCatalogue } from '../models/catalogue.ts'
import { slotOf } from '../models/slot.ts'
import { useShell } from '../shell/shell.tsx'
import { activeSlot, freeLetter } from '../state/session.ts'
import { useDispatch, useResults, useSession } from '../state/store.tsx'
import { BudgetForm } from './form.tsx'
import { Nearest } from './nearest.tsx'
import styles from './panel.module.css'
import type { Shape, Wish } from './shapes.ts'
import { ShapeTable } from './table.tsx'
import { useShapes } from './use-shapes.ts'

export function SizePanel() {
  const session = useSession()
  const { budget } = session
  const { workload } = useResults()[0]!
  const dispatch = useDispatch()
  const { say } = useShell()
  const base = useBase(budget.from)
  const device = devices.find(({ name }) => name === budget.device)
  const { context, batch, bytes_per_weight, bytes_per_cache } = workload
  const wish = useMemo((): Wish | null => {
    if (base === null) return null
    return {
      architecture: { ...base, max_context: Math.max(base.max_context, context) },
      workload: { context, batch, bytes_per_weight, bytes_per_cache },
      target: { quantity: budget.of, value: budget.target },
      active: budget.active,
      grain: budget.grain,
    }
  }, [base, budget, context, batch, bytes_per_weight, bytes_per_cache])
  const found = useShapes(wish)

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
        context={context}
        onContext={(next) => dispatch({ kind: 'workload', set: { context: next } })}
      />
      <ShapeTable
        found={found}
        budget={budget}
        memory={device?.memory ?? null}
        letters={{ present: session.active, free }}
        onOpen={open}
      />
      <Nearest budget={budget} />
    </section>
  )
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
