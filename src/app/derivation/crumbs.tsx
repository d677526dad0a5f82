/** The way from the number down to the step in view; each step a button back. */
import type { Derivation } from '../../engine/index.ts'
import styles from './panel.module.css'
import { keyOf, trail, type Path } from './path.ts'

interface Props {
  root: Derivation
  path: Path
  onGo: (path: Path) => void
}

export function Crumbs({ root, path, onGo }: Props) {
  if (path.length === 0) return null
  const steps = trail(root, path)
  return (
    <nav aria-label="Steps">
      <ol className={styles['crumbs']}>
        {steps.map(({ path: own, node }, place) => (
          <li key={keyOf(own)}>
            {place === steps.length - 1 ? (
              <span aria-current="step">{node.label}</span>
            ) : (
              <button type="button" onClick={() => onGo(own)}>
                {node.label}
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
