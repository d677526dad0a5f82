/** A step's value; its equation as it stands in its file, and the same with the numbers put in. */
import type { Derivation } from '../../engine/index.ts'
import { formatBytes } from '../../engine/numbers.ts'
import { useSession } from '../state/store.tsx'
import { Formula, type ViewOf } from './formula.tsx'
import { calledIn } from './called.ts'
import styles from './panel.module.css'
import { plainNumber, unitText, valueText } from '../results/value-text.ts'

export function Value({ node }: { node: Derivation }) {
  const { bytes } = useSession()
  const { value, unit } = node
  const size =
    unit === 'byte' && typeof value === 'number' && value >= 1000
      ? ` = ${formatBytes(value, bytes)}`
      : ''
  return (
    <p className={`${styles['value']} ${Array.isArray(value) ? styles['list'] : ''}`}>
      {valueText(value)}{' '}
      <small>
        {unitText(node)}
        {size}
      </small>
    </p>
  )
}

export function Equations({ node, onOpen }: { node: Derivation; onOpen: (place: number) => void }) {
  const { equation, taken, inputs } = node
  if (equation === undefined) return null
  const placeOf = (name: string): number => inputs.findIndex((input) => input.name === name)
  const symbols: ViewOf = (name) => {
    const place = placeOf(name)
    const input = inputs[place]
    if (input === undefined) return { text: name, label: name, open: null }
    return {
      text: calledIn(input),
      label: `${input.label}, ${valueText(input.value)}`,
      open: () => onOpen(place),
    }
  }
  const values: ViewOf = (name) => {
    const input = inputs[placeOf(name)]
    const known = typeof input?.value === 'number'
    const text = known ? plainNumber(input.value as number) : name
    return { text, label: input?.label ?? name, open: null }
  }
  return (
    <>
      <section className={styles['part']}>
        <h3>Equation</h3>
        <Formula expression={equation} view={symbols} />
      </section>
      {!Array.isArray(node.value) && inputs.length > 0 && (
        <section className={styles['part']}>
          <h3>{taken ? 'The case that holds, numbers put in' : 'Numbers put in'}</h3>
          <Formula expression={taken ?? equation} view={values} />
        </section>
      )}
    </>
  )
}
