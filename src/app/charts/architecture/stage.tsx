/** The picture with the tree that walks it: whatever is pointed at or has the keyboard is ringed, and says what it is. */
import { useId, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { Area } from '../../drawing/areas.ts'
import type { Picture } from '../../drawing/marks.ts'
import { linesOf, type Line, type Node } from '../../drawing/nodes.ts'
import { useDispatch } from '../../state/store.tsx'
import { Card } from './card.tsx'
import styles from './drawing.module.css'
import { openEntry, showSettings } from './go.ts'
import { Paint } from './paint.tsx'

interface Props {
  picture: Picture
  nodes: readonly Node[]
  area: Area
}

export function Stage({ picture, nodes, area }: Props) {
  const dispatch = useDispatch()
  const id = useId().replaceAll(/\W/g, '')
  const tree = useRef<HTMLDivElement>(null)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [current, setCurrent] = useState<string | null>(null)
  const [shown, setShown] = useState<string | null>(null)
  const lines = linesOf(nodes, closed)
  const at = Math.max(
    0,
    lines.findIndex(({ node }) => node.id === current),
  )
  const pointed = lines.find(({ node }) => node.id === shown)?.node

  const open = ({ figure: { letter }, opens: quantity }: Node): void =>
    dispatch({ kind: 'open', opened: { letter, quantity } })
  const move = (to: number): void => {
    const line = lines[Math.max(0, Math.min(lines.length - 1, to))]
    if (line !== undefined) itemOf(tree.current, line.node.id)?.focus()
  }
  const fold = (node: Node, isClosed: boolean): void => {
    const next = new Set(closed)
    if (isClosed) next.add(node.id)
    else next.delete(node.id)
    setClosed(next)
  }
  const press = (event: KeyboardEvent): void => {
    const line = lines[at]
    if (line === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const { node } = line
    const isOpen = node.children.length > 0 && !closed.has(node.id)
    const actions: Record<string, () => void> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      Home: () => move(0),
      End: () => move(lines.length - 1),
      ArrowRight: () => (isOpen ? move(at + 1) : fold(node, false)),
      ArrowLeft: () => (isOpen ? fold(node, true) : move(parentOf(lines, at))),
      Enter: () => open(node),
      ' ': () => open(node),
      Escape: () => setShown(null),
      s: () => showSettings(node, dispatch),
      d: () => void openEntry(node, dispatch),
    }
    const action = actions[event.key]
    if (action === undefined) return
    event.preventDefault()
    event.stopPropagation()
    action()
  }
  const point = (event: PointerEvent): void => {
    const part = (event.target as Element).closest('[data-part]')?.getAttribute('data-part')
    if (part) setShown(part)
    else if ((event.target as Element).closest('svg')) setShown(null)
  }
  const spot = pointed && picture.spots.get(pointed.id)
  return (
    // What the pointer does here, the tree does for the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onPointerLeave={() => setShown(null)}>
      <svg
        width={picture.width}
        height={picture.height}
        viewBox={`0 0 ${picture.width} ${picture.height}`}
        aria-hidden="true"
        onPointerMove={point}
        onClick={(event) => {
          const part = (event.target as Element).closest('[data-part]')?.getAttribute('data-part')
          const line = lines.find(({ node }) => node.id === part)
          if (line) open(line.node)
        }}
      >
        <Paint painted={picture.painted} id={id} />
        {spot && <rect {...around(spot)} className={styles['ring']} data-ring="" />}
      </svg>
      <div
        ref={tree}
        role="tree"
        aria-label="Parts of the architecture"
        tabIndex={-1}
        className={styles['tree']}
        onKeyDown={press}
        onBlur={() => setShown(null)}
      >
        {lines.map((line, place) => (
          <Item
            key={line.node.id}
            line={line}
            box={picture.targets.get(line.node.id)}
            isOpen={!closed.has(line.node.id)}
            isCurrent={place === at}
            onFocus={() => {
              setCurrent(line.node.id)
              setShown(line.node.id)
            }}
            onPoint={() => setShown(line.node.id)}
            onPress={() => open(line.node)}
          />
        ))}
      </div>
      {pointed && (
        <Card
          node={pointed}
          spot={spot ?? picture.spots.get(pointed.band?.id ?? '')}
          width={picture.width}
          area={area}
        />
      )}
    </div>
  )
}

const itemOf = (tree: HTMLElement | null, id: string): HTMLElement | null =>
  tree?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`) ?? null

const parentOf = (lines: readonly Line[], at: number): number =>
  Math.max(
    0,
    lines.findLastIndex(({ depth }, index) => index < at && depth < lines[at]!.depth),
  )

const around = ({
  x,
  y,
  width,
  height,
}: {
  x: number
  y: number
  width: number
  height: number
}) => ({
  x: x - 2,
  y: y - 2,
  width: width + 4,
  height: height + 4,
  rx: 2,
})

interface ItemProps {
  line: Line
  box: { x: number; y: number; width: number; height: number } | undefined
  isOpen: boolean
  isCurrent: boolean
  onFocus: () => void
  onPoint: () => void
  onPress: () => void
}

function Item({ line, box, isOpen, isCurrent, onFocus, onPoint, onPress }: ItemProps) {
  const { node, depth, place, of } = line
  return (
    // The tree above has the keyboard; see the tree pattern.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="treeitem"
      aria-label={node.name}
      aria-level={depth}
      aria-posinset={place}
      aria-setsize={of}
      aria-expanded={node.children.length === 0 ? undefined : isOpen}
      aria-selected={isCurrent}
      tabIndex={isCurrent ? 0 : -1}
      data-node={node.id}
      data-seen={box !== undefined}
      className={styles['item']}
      style={box && { left: box.x, top: box.y, width: box.width, height: box.height }}
      onFocus={onFocus}
      onPointerEnter={onPoint}
      onClick={onPress}
    />
  )
}
