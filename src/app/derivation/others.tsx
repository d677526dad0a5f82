/** Why the other models differ in this number: the first inputs that are not the same, with what each of them adds. */
import { useMemo } from 'react'
import { why, type Cause } from '../../engine/ask/compare/why.ts'
import type { Evaluated } from '../models/evaluated.ts'
import { quantityOf } from '../results/quantities.ts'
import { ratio, written } from '../results/show.ts'
import { Button } from '../parts/button.tsx'
import { Shape } from '../parts/icons.tsx'
import type { Letter } from '../models/letters.ts'
import { useDispatch, useResults, useSession } from '../state/store.tsx'
import styles from './panel.module.css'
import { causeLabel } from './cause.ts'
import { valueText } from '../results/value-text.ts'

interface OthersProps {
  of: Evaluated
  quantity: string
  /** Asked to see both derivations side by side. */
  onPair: (letter: Letter) => void
}

export function Others({ of: result, quantity, onPair }: OthersProps) {
  const results = useResults()
  const others = results.filter(({ letter }) => letter !== result.letter)
  const known = quantityOf(quantity)
  if (others.length === 0 || known === undefined || known.of(result.cost) === null) return null
  return (
    <section className={styles['part']}>
      <h3>Why the others differ</h3>
      <ul className={styles['others']}>
        {others.map((other) => (
          <Other
            key={other.letter}
            result={result}
            other={other}
            quantity={quantity}
            onPair={() => onPair(other.letter)}
          />
        ))}
      </ul>
    </section>
  )
}

interface Props {
  result: Evaluated
  other: Evaluated
  quantity: string
  onPair: () => void
}

function Other({ result, other, quantity, onPair }: Props) {
  const { bytes } = useSession()
  const dispatch = useDispatch()
  const causes = useMemo(() => causesOf(result, other, quantity), [result, other, quantity])
  const { counted, of } = quantityOf(quantity)!
  const [mine, theirs] = [of(result.cost), of(other.cost)]
  const manner = { bytes, flops_per_mac: other.workload.flops_per_mac }
  return (
    <li>
      <button
        type="button"
        className={styles['other']}
        title="Its derivation"
        onClick={() => dispatch({ kind: 'open', opened: { letter: other.letter, quantity } })}
      >
        <Shape letter={other.letter} size={11} />
        <strong>{other.name}</strong>
      </button>
      <span>
        {written(theirs, counted, manner)}, {ratio(theirs, mine)}
      </span>
      {causes.slice(0, 3).map((cause) => (
        <span key={cause.address} className={styles['cause']}>
          {causeText(cause, [result.letter, other.letter], (value) =>
            written(value, counted, manner),
          )}
        </span>
      ))}
      {theirs !== null && (
        <Button look={['small', 'outlined']} onClick={onPair}>
          Side by side
          <span className="unseen"> with {other.name}</span>
        </Button>
      )}
    </li>
  )
}

/** Amounts, not shares: causes of opposite signs may each be many times the difference. */
function causeText(
  cause: Cause,
  sides: readonly [string, string],
  write: (value: number) => string,
): string {
  const { kind, label, a, b, amount } = cause
  const part = `${amount < 0 ? '−' : '+'}${write(Math.abs(amount))}`
  if (kind === 'block') return `${causeLabel(cause, sides)}: ${part}`
  const [here, there] = [a, b].map((value) => (value === null ? 'none' : valueText(value)))
  return `${label}: ${here} here, ${there} there, ${part}`
}

function causesOf(result: Evaluated, other: Evaluated, quantity: string) {
  try {
    return why(result, other, quantity).causes
  } catch {
    return []
  }
}
