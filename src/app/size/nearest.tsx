/** The published models whose size is nearest to the budget. */
import { formatShort } from '../../engine/numbers.ts'
import { entries } from '../../import/catalog/index.ts'
import { titleOf } from '../models/catalogue.ts'
import { Link } from '../shell/link.tsx'
import type { Budget } from './budget.ts'
import styles from './panel.module.css'

export function Nearest({ budget }: { budget: Budget }) {
  if (budget.of !== 'params.total') return null
  const far = (count: number): number => Math.abs(Math.log(count / budget.target))
  const near = entries
    .flatMap(({ name, hub, published }) =>
      published ? [{ name, hub, count: published.count }] : [],
    )
    .toSorted((a, b) => far(a.count) - far(b.count))
    .slice(0, 5)
  return (
    <p className={styles['nearest']}>
      Published models near it:
      {near.map(({ name, hub, count }) => (
        <Link key={name} href={`?v=1&a=${name}`}>
          {`${titleOf(hub)}, ${formatShort(count)}`}
        </Link>
      ))}
    </p>
  )
}
