/** The step in view, copied as LaTeX, as a Python program, or as text. */
import type { Derivation } from '../../engine/index.ts'
import { derivationLatex, derivationPython, derivationText } from '../../engine/print/derivation.ts'
import { Button } from '../parts/button.tsx'
import { useShell } from '../parts/shell.tsx'
import { copyText } from '../parts/copy.ts'
import styles from './panel.module.css'

const forms = [
  { name: 'LaTeX', print: (node: Derivation) => derivationLatex(node) },
  { name: 'Python', print: (node: Derivation) => derivationPython(node) },
  { name: 'Text', print: (node: Derivation) => derivationText(node) },
] as const

export function Copies({ node }: { node: Derivation }) {
  const { say } = useShell()
  if (node.equation === undefined) return null
  return (
    <p className={styles['copies']}>
      Copy as
      {forms.map(({ name, print }) => (
        <Button
          key={name}
          look={['small', 'outlined']}
          onClick={() => void copyText(print(node), `The derivation is copied as ${name}.`, say)}
        >
          {name}
        </Button>
      ))}
    </p>
  )
}
