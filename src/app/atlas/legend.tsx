/** What shape, colour and line on the map mean, and how many models have no place on it. */
import { formatExact } from '../../engine/numbers.ts'
import { lowered } from '../parts/lowered.ts'
import styles from './atlas.module.css'
import { mixers, mixerWords } from './kinds.ts'
import { Sign } from './marks.tsx'

interface Props {
  x: string
  y: string
  context: number
  /** Models that lack a value, or have none above 0. */
  undrawn: number
}

export const Legend = ({ x, y, context, undrawn }: Props) => (
  <ul className={styles['legend']}>
    {mixers.map((mixer) => (
      <li key={mixer}>
        <Sign mixer={mixer} look="dense" />
        {mixerWords[mixer]}
      </li>
    ))}
    <li>
      <Sign mixer="full" look="experts" />
      with experts
    </li>
    <li>
      <Sign mixer="full" look="short" />
      trained for less than {formatExact(context)} tokens
    </li>
    <li>
      <svg width={20} height={13} aria-hidden="true">
        <path d="M0 6.5h20" className={styles['frontier']} />
      </svg>
      frontier: nothing further right lies lower
    </li>
    {undrawn > 0 && (
      <li>{`${undrawn} in the table alone: ${lowered(x)} or ${lowered(y)} is 0 or does not apply`}</li>
    )}
  </ul>
)
