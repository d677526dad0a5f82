/** The shapes found so far, those that fit best first. */
import { formatExact } from '../../engine/numbers.ts'
import { written } from '../results/show.ts'
import { Button } from '../shell/button.tsx'
import type { Letter } from '../state/session.ts'
import { useSession } from '../state/store.tsx'
import type { Budget } from './budget.ts'
import styles from './panel.module.css'
import type { Shape } from './shapes.ts'
import type { Found } from './use-shapes.ts'

interface Props {
  found: Found
  budget: Budget
  /** Of the device, in bytes; null where none is asked for. */
  memory: number | null
  letters: { present: Letter; free: Letter | null }
  onOpen: (shape: Shape, beside: boolean) => void
}

export function ShapeTable({ found, budget, memory, letters, onOpen }: Props) {
  const { shapes, done, of } = found
  const fits = (shape: Shape): boolean => memory === null || shape.memory <= memory
  const fitting = shapes.filter(fits)
  const listed = [...fitting, ...shapes.filter((shape) => !fits(shape))]
  const searching = done < of
  return (
    <>
      <p className={styles['state']} role="status">
        {searching ? (
          <>
            <progress max={of} value={done} aria-label="Depths looked at" /> {shapes.length} shapes
            so far
          </>
        ) : (
          outcome(shapes.length, fitting.length, budget)
        )}
      </p>
      {listed.length > 0 && (
        <div className={styles['scroll']}>
          <table className={styles['table']}>
            <caption className="unseen">Candidate shapes</caption>
            <thead>
              <tr>
                <th scope="col">Shape</th>
                <th scope="col">Parameters</th>
                <th scope="col">Active</th>
                <th scope="col">Off by</th>
                <th scope="col">Weights and cache</th>
                <th scope="col">Decode</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {listed.slice(0, 12).map((shape) => (
                <ShapeRow
                  key={`${shape.n_layers} ${shape.d_model}`}
                  shape={shape}
                  device={fits(shape) ? null : budget.device}
                  letters={letters}
                  onOpen={onOpen}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}

function outcome(found: number, fitting: number, { device }: Budget): string {
  if (found === 0)
    return 'No shape comes near this budget. Allow a smaller grain, or begin from another shape.'
  if (fitting === 0)
    return `${found} shapes meet the budget, and none of them fits ${device ?? ''} at this context. Fewer bytes per element, a shorter context or a smaller budget would.`
  return fitting === found
    ? `${found} shapes, those that fit best first.`
    : `${fitting} of ${found} shapes fit ${device ?? ''}, those that fit best first.`
}

interface RowProps {
  shape: Shape
  /** That it does not fit. */
  device: string | null
  letters: Props['letters']
  onOpen: Props['onOpen']
}

function ShapeRow({ shape, device, letters, onOpen }: RowProps) {
  const { bytes } = useSession()
  const manner = { bytes, flops_per_mac: 2 as const }
  const { n_layers, d_model, told, warnings } = shape
  const name = `${n_layers} layers of ${formatExact(d_model)}`
  return (
    <tr>
      <th scope="row">
        {name}
        <span className={styles['told']}>
          {told.map(({ label, value }) => `${label} ${formatExact(value)}`).join(' · ')}
        </span>
        {device && <span className={styles['warning']}>does not fit {device}</span>}
        {warnings.map((text) => (
          <span key={text} className={styles['warning']}>
            {text}
          </span>
        ))}
      </th>
      <td>{written(shape.params, 'parameter', manner)}</td>
      <td>{written(shape.active, 'parameter', manner)}</td>
      <td>{percent(shape.residual)}</td>
      <td>{written(shape.memory, 'byte', manner)}</td>
      <td>{written(shape.decode, 'FLOP', manner)}</td>
      <td className={styles['acts']}>
        <Button look={['small', 'outlined']} onClick={() => onOpen(shape, false)}>
          Open as {letters.present}
          <span className="unseen">: {name}</span>
        </Button>
        {letters.free && (
          <Button look={['small', 'outlined']} onClick={() => onOpen(shape, true)}>
            Add as {letters.free}
            <span className="unseen">: {name}</span>
          </Button>
        )}
      </td>
    </tr>
  )
}

const percent = (residual: number): string =>
  residual === 0 ? '0' : `${residual > 0 ? '+' : '−'}${(100 * Math.abs(residual)).toPrecision(2)}%`
