/** How the search goes, what it came to, and where nothing fits: which condition rules out what. */
import { nameOf, type Shape } from '../../engine/ask/size/shape.ts'
import { nearestMisses } from '../../engine/ask/size/size.ts'
import { formatExact, formatShort } from '../../engine/numbers.ts'
import { Button } from '../parts/button.tsx'
import type { Budget } from './budget.ts'
import { goals } from './budget.ts'
import { shareDone, type Found } from './found.ts'
import styles from './panel.module.css'

interface Props {
  found: Found
  budget: Budget
  onStop: () => void
  onOpen: (shape: Shape) => void
}

export function Outcome({ found, budget, onStop, onOpen }: Props) {
  const { state, shapes, misses, refusals } = found
  const fails = state !== 'going' && shapes.length === 0
  return (
    <div className={styles['state']}>
      {state === 'going' && <Going found={found} onStop={onStop} />}
      <p role="status">{state === 'going' ? '' : summary(found, budget)}</p>
      {fails && (
        <ul className={styles['misses']}>
          {nearestMisses(misses).map((miss) => (
            <li key={miss.condition}>
              {`${miss.condition}: rules out ${formatExact(miss.count)} designs; the nearest ${missed(miss.by)}. `}
              <Button look={['small', 'outlined']} onClick={() => onOpen(miss.shape)}>
                {`Open ${nameOf(miss.shape)}`}
              </Button>
            </li>
          ))}
          {refusals.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** How long someone waits before it is worth saying how long still. */
const long = 2

function Going({ found, onStop }: { found: Found; onStop: () => void }) {
  const { shapes, looked, seconds, done } = found
  const share = shareDone(done)
  const left = (seconds * (1 - share)) / share
  return (
    <p className={styles['going']}>
      <progress max={1} value={share} aria-label="Share of the search that is done" />
      <span>
        {`${counted(shapes.length)} so far`}
        {looked > 0 &&
          `, ${formatExact(looked)} designs looked at, ${formatShort(Math.round(looked / seconds))} a second`}
        {seconds > long && `, about ${Math.ceil(left)} s left`}
      </span>
      <Button look={['small', 'outlined']} onClick={onStop}>
        Stop
      </Button>
    </p>
  )
}

function summary({ state, problem, shapes, looked, done }: Found, { goal }: Budget): string {
  const how =
    state === 'done'
      ? `${formatExact(looked)} designs looked at.`
      : `Stopped with ${Math.round(100 * shareDone(done))}% done${problem === null ? '' : `: ${problem}`}.`
  if (shapes.length === 0)
    return `No shape meets all of this. ${how} Of what each condition rules out, the nearest:`
  return `${counted(shapes.length)} that use the budget. ${how} One is marked where no other uses the budget as well with less ${goals.find(({ name }) => name === goal)!.text}.`
}

const counted = (shapes: number): string => `${shapes} ${shapes === 1 ? 'shape' : 'shapes'}`

const missed = (by: number): string =>
  by < 1 ? `misses it by ${(100 * by).toPrecision(2)}%` : `has ${formatShort(1 + by)} times as much`
