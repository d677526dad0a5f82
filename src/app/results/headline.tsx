/** The numbers people come for, of every model, with what differs from the baseline. */
import { memo } from 'react'
import type { Cost } from '../../engine/index.ts'
import type { Evaluated } from '../models/evaluated.ts'
import { Shape } from '../parts/icons.tsx'
import { useResults, useSession } from '../state/store.tsx'
import styles from './headline.module.css'
import { Figure } from './number.tsx'
import { readCost } from '../../engine/read-cost.ts'
import { cacheAddress, holderWords } from './holders.ts'
import { formatsText, noteOf } from './notes.ts'
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

const languageModel = stat('params.total', 'Parameters', 'parameter', 'stored')
const whole = stat('params.whole.total', 'Parameters', 'parameter', 'of the whole model')
const active = stat('params.active', 'Active', 'parameter', 'used by one token')

/** Not drawn anew with what stands around it. */
export const Headline = memo(function Headline() {
  const { baseline, holder } = useSession()
  const results = useResults()
  const base = results.find(({ letter }) => letter === baseline) ?? results[0]!
  const context = formatExact(base.workload.context)
  const held = holder === 'architecture' ? '' : `, ${holderWords[holder].title}`
  const many = results.length > 1
  const stats: Stat[] = [
    // Models side by side are compared by what all of them have.
    many || whole.of(base.cost) === null ? languageModel : whole,
    // Of dense models these are all: no number twice.
    ...(many && results.some(({ cost }) => isSparse(cost)) ? [active] : []),
    stat('weights.bytes', 'Weight memory', 'byte', formatsText(results)),
    stat(cacheAddress(holder), 'KV cache', 'byte', `${context} tokens${held}`),
    stat('flops.prefill', 'Prefill', 'FLOP', `${context} tokens`),
    stat('flops.decode', 'Decode', 'FLOP', `one token at ${context}`),
  ]
  return (
    <dl
      className={styles['headline']}
      data-many={many}
      data-count={stats.length}
      aria-label="Headline numbers"
    >
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
              base={many ? base : null}
            />
          ))}
        </div>
      ))}
    </dl>
  )
})

interface EntryProps {
  quantity: Quantity
  result: Evaluated
  /** Null where there is nothing to compare with. */
  base: Evaluated | null
}

function Entry({ quantity, result, base }: EntryProps) {
  return (
    <dd>
      {base && <Shape letter={result.letter} size={11} />}
      <Figure quantity={quantity} of={result} />
      {base === null ? (
        <Note quantity={quantity} result={result} />
      ) : (
        <span className={styles['delta']}>
          {result === base ? 'base' : ratio(quantity.of(result.cost), quantity.of(base.cost))}
        </span>
      )}
    </dd>
  )
}

/** What more there is to say of a number: never the same number again. */
function Note({ quantity, result }: Omit<EntryProps, 'base'>) {
  const { bytes } = useSession()
  const manner = { bytes, flops_per_mac: result.workload.flops_per_mac }
  if (quantity === whole)
    return (
      <span className={styles['note']}>
        <Figure quantity={languageModel} of={result} /> without its towers
      </span>
    )
  if (quantity === languageModel)
    return (
      <span className={styles['note']}>
        {show(quantity.of(result.cost), 'parameter', manner).exact.replace(' parameters', '')},
        <br />
        {isSparse(result.cost) ? (
          <>
            <Figure quantity={active} of={result} /> used by one token
          </>
        ) : (
          'all used by one token'
        )}
      </span>
    )
  return <span className={styles['note']}>{noteOf(quantity.id, result, manner)}</span>
}

const isSparse = ({ params }: Cost): boolean => params.active < params.total
