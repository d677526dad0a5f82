/** The numbers people come for, of every model, with what differs from the baseline. */
import type { Evaluated } from '../models/evaluated.ts'
import { Shape } from '../parts/icons.tsx'
import { useResults, useSession } from '../state/store.tsx'
import styles from './headline.module.css'
import { Figure } from './number.tsx'
import { cacheAddress, holderWords, quantityOf, type Quantity } from './quantities.ts'
import { ratio, show } from './show.ts'
import { formatExact } from '../../engine/numbers.ts'

interface Stat {
  title: string
  quantity: string
  about: string
}

export function Headline() {
  const { baseline, holder } = useSession()
  const results = useResults()
  const base = results.find(({ letter }) => letter === baseline) ?? results[0]!
  const context = formatExact(base.workload.context)
  const held = holder === 'architecture' ? '' : `, ${holderWords[holder].title}`
  const stats: Stat[] = [
    { title: 'Parameters', quantity: 'params.total', about: 'stored' },
    { title: 'Active', quantity: 'params.active', about: 'by one token' },
    { title: 'Prefill', quantity: 'flops.prefill', about: `${context} tokens` },
    { title: 'Decode', quantity: 'flops.decode', about: `one token at ${context}` },
    { title: 'Cache', quantity: cacheAddress(holder), about: `${context} tokens${held}` },
  ]
  return (
    <dl className={styles['headline']} data-many={results.length > 1} aria-label="Headline numbers">
      {stats.map(({ title, quantity, about }) => (
        <div key={title} className={styles['stat']}>
          <dt>
            {title} <span className={styles['about']}>{about}</span>
          </dt>
          {results.map((result) => (
            <Entry
              key={result.letter}
              quantity={quantityOf(quantity)!}
              result={result}
              base={results.length > 1 ? base : null}
            />
          ))}
        </div>
      ))}
    </dl>
  )
}

interface EntryProps {
  quantity: Quantity
  result: Evaluated
  /** Null where there is nothing to compare with. */
  base: Evaluated | null
}

function Entry({ quantity, result, base }: EntryProps) {
  const { bytes } = useSession()
  const value = quantity.of(result.cost)
  const { flops_per_mac } = result.workload
  return (
    <dd>
      {base && <Shape letter={result.letter} size={11} />}
      <Figure quantity={quantity} of={result} />
      {base === null ? (
        <span className={styles['exact']}>
          {show(value, quantity.counted, { bytes, flops_per_mac }).exact}
        </span>
      ) : (
        <span className={styles['delta']}>
          {result === base ? 'base' : ratio(value, quantity.of(base.cost))}
        </span>
      )}
    </dd>
  )
}
