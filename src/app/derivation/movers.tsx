/** What moves a number most: each setting a hundredth larger, or one step, and what the number does. */
import { useDeferredValue, useMemo } from 'react'
import { sensitivity } from '../../engine/ask/sensitivity.ts'
import type { Evaluated } from '../models/evaluated.ts'
import { useDispatch } from '../state/store.tsx'
import styles from './panel.module.css'
import { plainNumber } from '../results/value-text.ts'

const shown = 5

export function Movers({ of: result, quantity }: { of: Evaluated; quantity: string }) {
  const late = useDeferredValue(result)
  const dispatch = useDispatch()
  const movers = useMemo(() => strongest(late, quantity), [late, quantity])
  if (movers.length === 0) return null
  return (
    <section className={styles['part']}>
      <h3>What moves it most</h3>
      <ul className={styles['movers']}>
        {movers.map(({ setting, from, to, change }) => (
          <li key={setting.address}>
            <button
              type="button"
              title="Chart it"
              onClick={() =>
                dispatch({
                  kind: 'chart',
                  set: { name: 'sweep', quantity, against: setting.address },
                })
              }
            >
              {setting.label}
              {setting.address.includes('.') && <code>{setting.address}</code>}
            </button>
            <span>
              {plainNumber(from)} → {plainNumber(to)}
            </span>
            <strong>{percent(change)}</strong>
          </li>
        ))}
      </ul>
    </section>
  )
}

function strongest({ model, workload }: Evaluated, quantity: string) {
  const { source, ...run } = workload
  const given = source === null ? run : workload
  try {
    const all = sensitivity({ architecture: model.architecture, workload: given }, quantity)
    // The chart that a click leads to has settings of models only.
    return all.filter(({ setting }) => setting.place.of !== 'scenario').slice(0, shown)
  } catch {
    // Single equations of a block are no quantity of the whole design.
    return []
  }
}

const percent = (change: number): string =>
  `${change > 0 ? '+' : '−'}${(100 * Math.abs(change)).toPrecision(3)}%`
