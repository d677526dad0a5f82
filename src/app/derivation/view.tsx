/** A derivation: the number, the sentence why, the equation, the values put in, the inputs, the source. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { explain } from '../../engine/explanations.ts'
import type { Derivation } from '../../engine/index.ts'
import { formatBytes } from '../../engine/numbers.ts'
import { Shape } from '../shell/icons.tsx'
import type { Opened } from '../state/session.ts'
import { useResults, useSession } from '../state/store.tsx'
import { Copies } from './copies.tsx'
import { Crumbs } from './crumbs.tsx'
import { Formula, type ViewOf } from './formula.tsx'
import { Movers } from './movers.tsx'
import { Others } from './others.tsx'
import styles from './panel.module.css'
import { calledIn, stepAt, type Path } from './path.ts'
import { Source } from './source.tsx'
import { InputTree } from './tree.tsx'
import { plainNumber, unitText, valueText } from './value.ts'

export function DerivationView({ opened }: { opened: Opened }) {
  const results = useResults()
  const result = results.find(({ letter }) => letter === opened.letter) ?? results[0]!
  const { model, workload } = result
  const root = useMemo(
    () => derived(model, workload, opened.quantity),
    [model, workload, opened.quantity],
  )
  const [path, setPath] = useState<Path>([])
  const [moved, setMoved] = useState(false)
  const number = useRef<HTMLDivElement>(null)
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
      {path.length === 0 && <Others of={result} quantity={opened.quantity} />}
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

function Value({ node }: { node: Derivation }) {
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

function Equations({ node, onOpen }: { node: Derivation; onOpen: (place: number) => void }) {
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
