/** The inputs of a number as a tree: arrows walk and open, Enter zooms in. */
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import type { Derivation } from '../../engine/index.ts'
import { originText } from '../../engine/print/origin.ts'
import { Icon } from '../parts/icons.tsx'
import { keyOf, linesBelow, placeOf, type Line, type Path } from './path.ts'
import styles from './tree.module.css'
import { valueText } from '../results/value-text.ts'

interface Props {
  root: Derivation
  top: Path
  onZoom: (path: Path) => void
  /** It stands where another tree stood that had the keyboard. */
  takesFocus: boolean
  /** The first step that differs from another model's: marked, and in sight. */
  differing?: Path
}

export function InputTree({ root, top, onZoom, takesFocus, differing = [] }: Props) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => above(differing))
  const [current, setCurrent] = useState<string | null>(null)
  const tree = useRef<HTMLUListElement>(null)
  const id = useId()
  useEffect(() => {
    if (takesFocus) tree.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  }, [takesFocus])
  const lines = linesBelow(root, top, opened)
  const at = Math.max(
    0,
    lines.findIndex(({ path }) => keyOf(path) === current),
  )

  const toggle = (path: Path, open: boolean): void => {
    const next = new Set(opened)
    if (open) next.add(keyOf(path))
    else next.delete(keyOf(path))
    setOpened(next)
  }
  const move = (to: number): void => {
    const line = lines[Math.max(0, Math.min(lines.length - 1, to))]
    if (line === undefined) return
    setCurrent(keyOf(line.path))
    tree.current?.querySelector<HTMLElement>(`[data-path="${keyOf(line.path)}"]`)?.focus()
  }
  const press = (event: KeyboardEvent): void => {
    const line = lines[at]
    if (line === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const isOpen = opened.has(keyOf(line.path))
    const actions: Record<string, () => void> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      Home: () => move(0),
      End: () => move(lines.length - 1),
      ArrowRight: () => (isOpen ? move(at + 1) : toggle(line.path, line.node.inputs.length > 0)),
      ArrowLeft: () => (isOpen ? toggle(line.path, false) : move(parentOf(lines, at))),
      Enter: () => onZoom(line.path),
      ' ': () => onZoom(line.path),
    }
    const action = actions[event.key]
    if (action === undefined) return
    event.preventDefault()
    action()
  }

  if (lines.length === 0) return null
  return (
    <ul
      ref={tree}
      role="tree"
      aria-labelledby={`${id}-title`}
      className={styles['tree']}
      onKeyDown={press}
    >
      <li role="presentation" id={`${id}-title`} className="unseen">
        Inputs
      </li>
      {lines.map((line, index) => (
        <Item
          key={keyOf(line.path)}
          line={line}
          isOpen={opened.has(keyOf(line.path))}
          isCurrent={index === at}
          differs={differing.length > 0 && keyOf(line.path) === keyOf(differing)}
          onToggle={(open) => toggle(line.path, open)}
          onZoom={() => onZoom(line.path)}
          onFocus={() => setCurrent(keyOf(line.path))}
        />
      ))}
    </ul>
  )
}

const above = (path: Path): Set<string> =>
  new Set(path.map((_, length) => keyOf(path.slice(0, length))))

const parentOf = (lines: readonly Line[], at: number): number =>
  lines.findLastIndex(({ depth }, index) => index < at && depth < lines[at]!.depth)

interface ItemProps {
  line: Line
  isOpen: boolean
  isCurrent: boolean
  differs: boolean
  onToggle: (open: boolean) => void
  onZoom: () => void
  onFocus: () => void
}

function Item({ line, isOpen, isCurrent, differs, onToggle, onZoom, onFocus }: ItemProps) {
  const { node, depth, place, of, path } = line
  const leaf = node.inputs.length === 0
  return (
    // The tree above has the keyboard; see the tree pattern.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <li
      role="treeitem"
      aria-level={depth}
      aria-posinset={place}
      aria-setsize={of}
      aria-expanded={leaf ? undefined : isOpen}
      aria-selected={isCurrent}
      tabIndex={isCurrent ? 0 : -1}
      data-path={keyOf(path)}
      data-differs={differs || undefined}
      className={styles['item']}
      style={{ paddingInlineStart: `${(depth - 1) * 0.875}rem` }}
      onFocus={onFocus}
      onClick={onZoom}
    >
      {/* A mouse opens here what ArrowRight opens. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <span
        className={styles['fold']}
        data-open={isOpen}
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation()
          if (!leaf) onToggle(!isOpen)
        }}
      >
        {!leaf && <Icon name="next" size={12} />}
      </span>
      <span className={styles['words']}>
        <span>{node.label}</span>
        <span className={styles['name']}>
          {(node.times ?? 1) > 1 ? `${placeOf(node)}, ${node.times} times` : placeOf(node)}
          {node.origin ? ` · ${originText(node)}` : ''}
          {differs && <strong> · the first that differs</strong>}
        </span>
      </span>
      <span className={styles['value']}>{valueText(node.value)}</span>
    </li>
  )
}
