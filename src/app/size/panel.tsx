/** Budgets in, candidate shapes out, each a click away from the calculator. */
import { useEffect, useMemo, useState } from 'react'
import { ArchcostError, attempt } from '../../architecture/errors.ts'
import { sixteenBit } from '../../architecture/formats.ts'
import type { Shape } from '../../engine/ask/size/shape.ts'
import { evaluate, prepare, type Architecture, type Cost } from '../../engine/index.ts'
import { slotFromCatalogue } from '../models/catalogue.ts'
import { useShell } from '../parts/shell.tsx'
import { activeSlot } from '../state/session.ts'
import { letters } from '../models/letters.ts'
import { slotOf, freeLetter, type Slot } from '../models/slot.ts'
import { useDispatch, useResults, useSession } from '../state/store.tsx'
import { usualBudget } from './budget.ts'
import { BudgetForm } from './form.tsx'
import { Nearest } from './nearest.tsx'
import styles from './panel.module.css'
import { Outcome } from './outcome.tsx'
import { ShapeScatter } from './scatter.tsx'
import { ShapeTable } from './table.tsx'
import { useSearch } from './use-search.ts'
import { askedOf } from './wanted.ts'

export function SizePanel() {
  const session = useSession()
  const { budget } = session
  const { workload } = useResults()[0]!
  const dispatch = useDispatch()
  const { say } = useShell()
  const base = useBase(budget.from, session.slots)
  const { context, batch, bytes_per_cache, bytes_per_keys, bytes_per_values } = workload
  const { weights: chosen } = session.workload
  const model = useMemo(() => base && prepare(base), [base])
  const published = model?.weights ?? sixteenBit
  const weights = chosen ?? published
  const begun = useMemo(() => model && evaluate(model, { weights }), [model, weights])
  const answer = useMemo(
    () =>
      base &&
      attempt(() =>
        askedOf(budget, {
          architecture: base,
          workload: { context, batch, weights, bytes_per_cache, bytes_per_keys, bytes_per_values },
        }),
      ),
    [base, budget, context, batch, weights, bytes_per_cache, bytes_per_keys, bytes_per_values],
  )
  const asked = answer instanceof ArchcostError ? null : answer
  const { found, stop } = useSearch(asked && asked.brief)

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
        usualActive={asked && asked.usual_active}
        workload={workload}
        onWorkload={(set) => dispatch({ kind: 'workload', set })}
        slots={session.slots}
        weights={chosen}
        published={published}
        onWeights={(formats) => dispatch({ kind: 'weights', formats })}
      />
      {answer instanceof ArchcostError && (
        <p className={styles['problem']} role="alert">
          There is nothing to size: {answer.message}
        </p>
      )}
      <Outcome found={found} budget={budget} onStop={stop} onOpen={(shape) => open(shape, false)} />
      {found.shapes.length > 1 && (
        <ShapeScatter
          shapes={found.shapes}
          budget={budget}
          onOpen={(shape) => open(shape, false)}
        />
      )}
      <ShapeTable
        shapes={found.shapes}
        budget={budget}
        letters={{ present: session.active, free }}
        onOpen={open}
      />
      {begun && <Nearest budget={budget} bytes_per_weight={bytesPerWeight(begun)} />}
    </section>
  )
}

/** On average. */
const bytesPerWeight = ({ weights, params }: Cost): number => weights.bytes / params.total

/** A model in view, or one of the catalogue; the usual one where a model of that letter was closed. */
function useBase(from: string, slots: readonly Slot[]): Architecture | null {
  const [base, setBase] = useState<Architecture | null>(null)
  const own = slots.find(({ letter }) => letter === from)
  const name = letters.some((letter) => letter === from) ? usualBudget.from : from
  const isOwn = own !== undefined
  useEffect(() => {
    if (isOwn) return undefined
    let wanted = true
    void slotFromCatalogue(name, 'A').then((slot) => wanted && setBase(slot.document))
    return () => {
      wanted = false
    }
  }, [name, isOwn])
  return own ? own.model.architecture : base
}
