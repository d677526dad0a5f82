/** What moves a number most: by how much a setting that grows by a hundredth changes it. */
import { useDeferredValue, useMemo } from 'react'
import { sensitivity } from '../../engine/ask/sensitivity.ts'
import type { Evaluated } from '../models/evaluated.ts'
import { useDispatch } from '../state/store.tsx'
import styles from './panel.module.css'
import { plainNumber } from '../results/value-text.ts'

const shown = 8

export function Movers({ of: result, quantity }: { of: Evaluated; quantity: string }) {
  const late = useDeferredValue(result)
  const dispatch = useDispatch()
  const movers = useMemo(() => strongest(late, quantity), [late, quantity])
  if (movers.length === 0) return null
  return (
    <section className={styles['part']}>
      <h3>One percent more of</h3>
      <ul className={styles['movers']}>
        {movers.map(({ setting, from, elasticity }) => (
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
            <span>{plainNumber(from)}</span>
            <strong>{percent(elasticity)}</strong>
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

/** What a hundredth more does, in hundredths. */
const percent = (elasticity: number): string =>
  `${elasticity > 0 ? '+' : '−'}${Number(Math.abs(elasticity).toPrecision(2))}%`
