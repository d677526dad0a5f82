/** One chart at a time, chosen by tabs: arrow keys move along them. */
import { useDeferredValue, useEffect, useId, useRef, type KeyboardEvent } from 'react'
import { holds } from '../../engine/placements.ts'
import { Panel } from '../parts/boundary.tsx'
import { useInBrowser } from '../parts/in-browser.ts'
import { lazyNamed } from '../parts/lazy.ts'
import { charts, type ChartName } from '../state/session.ts'
import type { Slot } from '../models/slot.ts'
import { useDispatch, useSession } from '../state/store.tsx'
import styles from './chart-tabs.module.css'

const Drawing = lazyNamed(() => import('./architecture/drawing.tsx'), 'Drawing')
const Composition = lazyNamed(() => import('./composition.tsx'), 'Composition')
const Memory = lazyNamed(() => import('./memory.tsx'), 'Memory')
const Flops = lazyNamed(() => import('./flops.tsx'), 'Flops')
const Traffic = lazyNamed(() => import('./traffic.tsx'), 'Traffic')
const Speed = lazyNamed(() => import('./speed.tsx'), 'Speed')
const Depth = lazyNamed(() => import('./depth.tsx'), 'Depth')
const Experts = lazyNamed(() => import('./experts.tsx'), 'Experts')
const Sweep = lazyNamed(() => import('./sweep.tsx'), 'Sweep')
const Difference = lazyNamed(() => import('./difference.tsx'), 'Difference')
const Rotary = lazyNamed(() => import('./rotary.tsx'), 'Rotary')

export const titles: Record<ChartName, string> = {
  drawing: 'Architecture',
  composition: 'Made of',
  sweep: 'Sweep',
  memory: 'Memory',
  flops: 'Attention',
  traffic: 'Batch',
  speed: 'Roofline',
  depth: 'Deep or wide',
  experts: 'Experts',
  rotary: 'Rotary',
  difference: 'Difference',
}

export function ChartTabs() {
  const { chart, slots } = useSession()
  const dispatch = useDispatch()
  const id = useId()
  const shown = charts.filter((name) => isMeant(name, slots))
  const current = shown.includes(chart.name) ? chart.name : 'drawing'
  const late = useDeferredValue(current)
  const drawn = useInBrowser()
  const tabs = useShownTab(current)
  const press = (event: KeyboardEvent): void => {
    const way = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (way === 0) return
    const next = shown[(shown.indexOf(current) + way + shown.length) % shown.length]!
    dispatch({ kind: 'chart', set: { name: next } })
    document.getElementById(`${id}-${next}`)?.focus()
  }
  return (
    <section className={styles['charts']} aria-label="Charts">
      <div
        ref={tabs}
        role="tablist"
        aria-label="Charts"
        className={styles['tabs']}
        onKeyDown={press}
        tabIndex={-1}
      >
        {shown.map((name) => (
          <button
            key={name}
            id={`${id}-${name}`}
            type="button"
            role="tab"
            aria-selected={name === current}
            aria-controls={`${id}-panel`}
            tabIndex={name === current ? 0 : -1}
            onClick={() => dispatch({ kind: 'chart', set: { name } })}
          >
            {titles[name]}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${current}`}
        className={styles['panel']}
      >
        <Panel
          key={late}
          what={`The chart “${titles[late]}”`}
          waiting={<p className={styles['waiting']}>Drawing…</p>}
        >
          {drawn && <Chart name={late} />}
        </Panel>
      </div>
    </section>
  )
}

/** Where the tabs are wider than the screen they scroll: the one chosen is brought into sight. */
function useShownTab(current: ChartName) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>('[aria-selected="true"]')
    if (!list.current || !tab) return
    const { offsetLeft, offsetWidth } = tab
    const room = list.current.clientWidth - offsetWidth
    list.current.scrollLeft = Math.max(0, offsetLeft - room / 2)
  }, [current])
  return list
}

/** Some charts need a second model, or one with experts. */
export function isMeant(name: ChartName, slots: readonly Slot[]): boolean {
  if (name === 'difference') return slots.length > 1
  if (name === 'experts') return slots.some(({ model }) => holds(model, 'experts'))
  return true
}

export function Chart({ name }: { name: ChartName }) {
  switch (name) {
    case 'composition':
      return <Composition />
    case 'sweep':
      return <Sweep />
    case 'traffic':
      return <Traffic />
    case 'speed':
      return <Speed />
    case 'depth':
      return <Depth />
    case 'experts':
      return <Experts />
    case 'difference':
      return <Difference />
    case 'memory':
      return <Memory />
    case 'flops':
      return <Flops />
    case 'rotary':
      return <Rotary />
    case 'drawing':
      return <Drawing />
  }
}
