/** The shapes found so far, those first that keep the ratios of their family, and of them the cheapest. */
import { nameOf, ranked, unbeaten, type Shape } from '../../engine/ask/size/shape.ts'
import { findDevice } from '../../engine/hardware.ts'
import { formatExact } from '../../engine/numbers.ts'
import { written } from '../results/show.ts'
import { Button } from '../parts/button.tsx'
import type { Letter } from '../models/letters.ts'
import { useSession } from '../state/store.tsx'
import { goals, type Budget } from './budget.ts'
import tables from '../results/table.module.css'
import styles from './panel.module.css'

interface Props {
  shapes: readonly Shape[]
  budget: Budget
  letters: { present: Letter; free: Letter | null }
  onOpen: (shape: Shape, beside: boolean) => void
}

/** Rows that are shown. */
const most = 12

export function ShapeTable({ shapes, budget, letters, onOpen }: Props) {
  if (shapes.length === 0) return null
  const listed = ranked(shapes).slice(0, most)
  const marked = unbeaten(shapes)
  const room = budget.device === null ? null : findDevice(budget.device).visible
  const goal = goals.find(({ name }) => name === budget.goal)!
  return (
    <div className={tables['scroll']}>
      <table className={styles['table']}>
        <caption className="unseen">Candidate shapes</caption>
        <thead>
          <tr>
            <th scope="col">Shape</th>
            <th scope="col">{capital(goal.text)}</th>
            <th scope="col">Weights and cache</th>
            {room !== null && <th scope="col">Left on the card</th>}
            <th scope="col">Parameters</th>
            <th scope="col">Active</th>
            <th scope="col">Off by</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {listed.map((shape) => (
            <ShapeRow
              key={shape.n_layers}
              shape={shape}
              unit={goal.unit}
              room={room}
              marked={marked.has(shape)}
              letters={letters}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1)

interface RowProps {
  shape: Shape
  unit: (typeof goals)[number]['unit']
  /** Bytes of the card it must fit on; null where there is none. */
  room: number | null
  /** That no other shape is as near to the budget for less. */
  marked: boolean
  letters: Props['letters']
  onOpen: Props['onOpen']
}

function ShapeRow({ shape, unit, room, marked, letters, onOpen }: RowProps) {
  const { bytes } = useSession()
  const manner = { bytes, flops_per_mac: 2 as const }
  const { told, departures } = shape
  const name = nameOf(shape)
  return (
    <tr>
      <th scope="row">
        {name}
        {marked && <span className={styles['mark']}> beaten by none</span>}
        <span className={styles['told']}>
          {told.map(({ label, value }) => `${label} ${formatExact(value)}`).join(' · ')}
        </span>
        {departures.map((text) => (
          <span key={text} className={styles['warning']}>
            {text}
          </span>
        ))}
      </th>
      <td>{written(shape.cost, unit, manner)}</td>
      <td>{written(shape.memory, 'byte', manner)}</td>
      {room !== null && <td>{written(room - shape.memory, 'byte', manner)}</td>}
      <td>{written(shape.params, 'parameter', manner)}</td>
      <td>{written(shape.active, 'parameter', manner)}</td>
      <td>
        {percent(shape.residual)}
        {shape.active_residual !== null && (
          <span className={styles['told']}>{`active ${percent(shape.active_residual)}`}</span>
        )}
      </td>
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
