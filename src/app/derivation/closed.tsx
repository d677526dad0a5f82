/** The whole number as one formula, and the same with the values put in. */
import type { ClosedForm } from '../../engine/print/closed-form.ts'
import type { Leaf } from '../../engine/print/closed-terms.ts'
import { plainNumber, unitText } from '../results/value-text.ts'
import { Formula, type ViewOf } from './formula.tsx'
import { calledIn } from './called.ts'
import styles from './panel.module.css'
import type { Path } from './path.ts'

export function Closed({ closed, onOpen }: { closed: ClosedForm; onOpen: (path: Path) => void }) {
  const { expression, leaves } = closed
  const leafOf = (key: string): Leaf => leaves[key]!
  const symbols: ViewOf = (key) => {
    const { step, path } = leafOf(key)
    return {
      text: step.unit === 'layer' ? amountOf(leafOf(key)) : calledIn(step),
      label: `${step.label}, ${amountOf(leafOf(key))}`,
      open: path === null ? null : () => onOpen(path),
    }
  }
  const values: ViewOf = (key) => ({
    text: amountOf(leafOf(key)),
    label: leafOf(key).step.label,
    open: null,
  })
  return (
    <section className={styles['closed']} aria-label="In one formula">
      <div>
        <span>=</span>
        <Formula expression={expression} view={symbols} />
      </div>
      <div>
        <span>=</span>
        <Formula expression={expression} view={values} />
      </div>
    </section>
  )
}

const told = new Set(['layer', 'token', 'byte'])

/** `61 layers`, `2 bytes`; of other units the whole formula speaks. */
function amountOf({ step }: Leaf): string {
  const text = plainNumber(step.value as number)
  return told.has(step.unit) ? `${text} ${unitText(step)}` : text
}
