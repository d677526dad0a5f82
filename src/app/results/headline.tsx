/** The numbers people come for, of every model, with what differs from the baseline. */
import type { Evaluated } from '../models/evaluated.ts'
import { Shape } from '../parts/icons.tsx'
import { useResults, useSession } from '../state/store.tsx'
import styles from './headline.module.css'
import { Figure } from './number.tsx'
import { readCost } from '../../engine/read-cost.ts'
import { cacheAddress, holderWords } from './holders.ts'
import type { Quantity } from './quantities.ts'
import { ratio, show } from './show.ts'
import { formatExact } from '../../engine/numbers.ts'

/** A total with the words of the headline, which stands before the list of totals is loaded. */
interface Stat extends Quantity {
  about: string
}

const stat = (id: string, label: string, counted: Quantity['counted'], about: string): Stat => ({
  id,
  label,
  counted,
  about,
  of: (cost) => readCost(cost, id),
})

export function Headline() {
  const { baseline, holder } = useSession()
  const results = useResults()
  const base = results.find(({ letter }) => letter === baseline) ?? results[0]!
  const context = formatExact(base.workload.context)
  const held = holder === 'architecture' ? '' : `, ${holderWords[holder].title}`
  const stats: Stat[] = [
    stat('params.total', 'Parameters', 'parameter', 'stored'),
    stat('params.active', 'Active', 'parameter', 'by one token'),
    stat('flops.prefill', 'Prefill', 'FLOP', `${context} tokens`),
    stat('flops.decode', 'Decode', 'FLOP', `one token at ${context}`),
    stat(cacheAddress(holder), 'KV cache', 'byte', `${context} tokens${held}`),
  ]
  return (
    <dl className={styles['headline']} data-many={results.length > 1} aria-label="Headline numbers">
      {stats.map((quantity) => (
        <div key={quantity.id} className={styles['stat']}>
          <dt>
            {quantity.label} <span className={styles['about']}>{quantity.about}</span>
          </dt>
          {results.map((result) => (
            <Entry
              key={result.letter}
              quantity={quantity}
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
