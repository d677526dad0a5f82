/** A derivation: the number, the sentence why, one formula for all of it with its source, the inputs, and the equation in its file. */
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { closedForm } from '../../engine/print/closed-form.ts'
import { explain } from '../../engine/explanations.ts'
import type { Derivation } from '../../engine/index.ts'
import { Shape } from '../parts/icons.tsx'
import type { Letter } from '../models/letters.ts'
import type { Opened } from '../state/session.ts'
import { useResults } from '../state/store.tsx'
import { Closed } from './closed.tsx'
import { Copies } from './copies.tsx'
import { Crumbs } from './crumbs.tsx'
import { Equations, Value } from './equations.tsx'
import { Movers } from './movers.tsx'
import { Others } from './others.tsx'
import styles from './panel.module.css'
import { Pair } from './pair.tsx'
import { stepAt, type Path } from './path.ts'
import { Sources } from './source.tsx'
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
  const node = typeof root === 'string' ? null : stepAt(root, path)
  // A setting that is dragged does not wait for it.
  const late = useDeferredValue(node)
  const closed = useMemo(() => late && closedForm(late), [late])
  if (typeof root === 'string' || node === null) return <p>{root as string}</p>
  // What the other has become may have no such quantity.
  const paired = other && typeof derived(other.model, other.workload, opened.quantity) !== 'string'
  if (paired) return <Pair one={result} other={other} quantity={opened.quantity} onDone={alone} />
  const equations = <Equations node={node} onOpen={(place) => go([...path, place])} />
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
      {closed ? <Closed closed={closed} onOpen={(below) => go([...path, ...below])} /> : equations}
      <Sources of={closed?.opened ?? [node]} />
      {node.inputs.length > 0 && (
        <section className={styles['part']}>
          <h3>Inputs</h3>
          <InputTree key={path.join('.')} root={root} top={path} onZoom={go} takesFocus={moved} />
        </section>
      )}
      {path.length === 0 && <Others of={result} quantity={opened.quantity} onPair={setBesides} />}
      {path.length === 0 && <Movers of={result} quantity={opened.quantity} />}
      {node.file && (
        <details className={styles['file']}>
          <summary>As it stands in its file</summary>
          {closed && equations}
          <p className={styles['source']}>
            <code>{node.file}</code>
          </p>
        </details>
      )}
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
