/** A derivation: the number, the sentence why, the equation, the values put in, the inputs, the source. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { explain } from '../../engine/explanations.ts'
import type { Derivation } from '../../engine/index.ts'
import { Shape } from '../parts/icons.tsx'
import type { Letter } from '../models/letters.ts'
import type { Opened } from '../state/session.ts'
import { useResults } from '../state/store.tsx'
import { Copies } from './copies.tsx'
import { Crumbs } from './crumbs.tsx'
import { Equations, Value } from './equations.tsx'
import { Movers } from './movers.tsx'
import { Others } from './others.tsx'
import styles from './panel.module.css'
import { Pair } from './pair.tsx'
import { stepAt, type Path } from './path.ts'
import { Source } from './source.tsx'
import { InputTree } from './tree.tsx'

export function DerivationView({ opened }: { opened: Opened }) {
  const results = useResults()
  const result = results.find(({ letter }) => letter === opened.letter) ?? results[0]!
  const { model, workload } = result
  const root = useMemo(
    () => derived(model, workload, opened.quantity),
    [model, workload, opened.quantity],
  )
  const [besides, setBesides] = useState<Letter | null>(null)
  const other = results.find(({ letter }) => letter === besides && letter !== result.letter)
  const [path, setPath] = useState<Path>([])
  const [moved, setMoved] = useState(false)
  const number = useRef<HTMLDivElement>(null)
  const alone = (): void => {
    flushSync(() => setBesides(null))
    number.current?.focus()
  }
  const go = (next: Path): void => {
    setPath(next)
    setMoved(true)
    // A step without inputs has no tree to take the keyboard.
    number.current?.focus()
  }
  useEffect(() => {
    const up = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLInputElement
      if (event.key !== 'Backspace' || typing || path.length === 0) return
      event.preventDefault()
      go(path.slice(0, -1))
    }
    document.addEventListener('keydown', up)
    return () => document.removeEventListener('keydown', up)
  }, [path])
  if (typeof root === 'string') return <p>{root}</p>
  // What the other has become may have no such quantity.
  const paired = other && typeof derived(other.model, other.workload, opened.quantity) !== 'string'
  if (paired) return <Pair one={result} other={other} quantity={opened.quantity} onDone={alone} />
  const node = stepAt(root, path)
  return (
    <>
      <Crumbs root={root} path={path} onGo={go} />
      <div ref={number} tabIndex={-1}>
        <p className={styles['label']}>{node.label}</p>
        <p className={styles['of']}>
          <Shape letter={result.letter} size={11} />
          {result.name}
        </p>
        <Value node={node} />
      </div>
      {node.why && <p className={styles['why']}>{node.why}</p>}
      <Equations node={node} onOpen={(place) => go([...path, place])} />
      {node.inputs.length > 0 && (
        <section className={styles['part']}>
          <h3>Inputs</h3>
          <InputTree key={path.join('.')} root={root} top={path} onZoom={go} takesFocus={moved} />
        </section>
      )}
      {path.length === 0 && <Others of={result} quantity={opened.quantity} onPair={setBesides} />}
      {path.length === 0 && <Movers of={result} quantity={opened.quantity} />}
      <Source node={node} />
      <Copies node={node} />
    </>
  )
}

function derived(...[model, workload, quantity]: Parameters<typeof explain>): Derivation | string {
  try {
    return explain(model, workload, quantity)
  } catch (error) {
    return (error as Error).message
  }
}
