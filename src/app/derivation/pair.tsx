/** Two derivations of one quantity side by side, open down to the first input that differs. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { explain } from '../../engine/explanations.ts'
import type { Derivation } from '../../engine/index.ts'
import type { Evaluated } from '../models/evaluated.ts'
import { Button } from '../parts/button.tsx'
import { Icon, Shape } from '../parts/icons.tsx'
import { Crumbs } from './crumbs.tsx'
import { Equations, Value } from './equations.tsx'
import styles from './panel.module.css'
import { firstDifference, stepAt, type Path } from './path.ts'
import { InputTree } from './tree.tsx'

interface Props {
  one: Evaluated
  other: Evaluated
  quantity: string
  onDone: () => void
}

export function Pair({ one, other, quantity, onDone }: Props) {
  const [left, right] = useMemo(
    () => [one, other].map(({ model, workload }) => explain(model, workload, quantity)),
    [one, other, quantity],
  )
  const back = useRef<HTMLParagraphElement>(null)
  // The button that led here is gone.
  useEffect(() => back.current?.querySelector('button')?.focus(), [])
  return (
    <>
      <p ref={back}>
        <Button look={['small', 'outlined']} onClick={onDone}>
          <Icon name="undo" size={12} />
          {one.letter} alone
        </Button>
      </p>
      <div className={styles['pair']} data-pair>
        <Side of={one} root={left!} differing={firstDifference(left!, right!)} />
        <Side of={other} root={right!} differing={firstDifference(right!, left!)} />
      </div>
    </>
  )
}

interface SideProps {
  of: Evaluated
  root: Derivation
  differing: Path
}

function Side({ of: { letter, name }, root, differing }: SideProps) {
  const [path, setPath] = useState<Path>([])
  const node = stepAt(root, path)
  return (
    <section aria-label={`${letter} ${name}`} className={styles['side']}>
      <p className={styles['of']}>
        <Shape letter={letter} size={11} />
        {name}
      </p>
      <Crumbs root={root} path={path} onGo={setPath} />
      <p className={styles['label']}>{node.label}</p>
      <Value node={node} />
      <Equations node={node} onOpen={(place) => setPath([...path, place])} />
      <InputTree
        key={path.join('.')}
        root={root}
        top={path}
        onZoom={setPath}
        takesFocus={path.length > 0}
        differing={differing}
      />
    </section>
  )
}
