/** The calculator: settings, results, and the derivation of the number that is open. */
import type { ReactNode } from 'react'
import { Headline } from '../results/headline.tsx'
import { BesideModel, ImportReport, ModelLine } from '../results/model-line.tsx'
import { Now, useSession } from '../state/store.tsx'
import { Panel } from '../parts/boundary.tsx'
import styles from './calculator.module.css'
import { lazyNamed } from '../parts/lazy.ts'
import { usePainted } from '../parts/painted.ts'
import { Masthead } from './masthead.tsx'

const WorkloadControls = lazyNamed(() => import('../settings/workload.tsx'), 'WorkloadControls')
const Verdict = lazyNamed(() => import('../verdict/verdict.tsx'), 'Verdict')
const SettingsPanel = lazyNamed(() => import('../settings/panel.tsx'), 'SettingsPanel')
const QuantityTable = lazyNamed(() => import('../results/table.tsx'), 'QuantityTable')
const Differing = lazyNamed(() => import('../results/differing.tsx'), 'Differing')
const ChartTabs = lazyNamed(() => import('../charts/chart-tabs.tsx'), 'ChartTabs')
const SizePanel = lazyNamed(() => import('../size/panel.tsx'), 'SizePanel')
const DerivationPanel = lazyNamed(() => import('../derivation/panel.tsx'), 'DerivationPanel')

/** What people look for first, and what stands above it. */
export const loadFirstView = (): Promise<unknown> =>
  Promise.all([Verdict.load(), BesideModel.load(), ImportReport.load()])

export function Calculator() {
  const { opened, question, slots } = useSession()
  return (
    <>
      <Panel what="The question">
        <Masthead />
      </Panel>
      {question === 'size' && (
        <Below what="Sizing" room={styles['size']}>
          <SizePanel />
        </Below>
      )}
      <div className={styles['columns']} data-open={opened !== null}>
        <Below what="The settings" room={styles['settings']}>
          <Now>
            <SettingsPanel />
          </Now>
        </Below>
        <div className={styles['results']}>
          <Now>
            <Panel what="The model’s line">
              <ModelLine />
            </Panel>
            <Panel
              what="The verdict"
              waiting={<div style={{ minHeight: roomForVerdict(slots.length) }} />}
            >
              <Verdict />
            </Panel>
            <div className={styles['front']}>
              <Panel what="The headline numbers">
                <Headline />
              </Panel>
            </div>
            <Below what="The workload" room={styles['workload']}>
              <WorkloadControls />
            </Below>
          </Now>
          <div className={styles['half']}>
            <Below what="The charts" room={styles['chart']}>
              <ChartTabs />
            </Below>
          </div>
          <div className={styles['half']}>
            <Below what="The table of quantities" room={styles['table']} isBuilt={false}>
              <QuantityTable />
            </Below>
          </div>
          {slots.length > 1 && (
            <Below what="What differs">
              <Differing />
            </Below>
          )}
        </div>
        {opened && (
          <Below what="The derivation" key={`${opened.letter}.${opened.quantity}`}>
            <DerivationPanel opened={opened} />
          </Below>
        )}
      </div>
    </>
  )
}

interface BelowProps {
  what: string
  /** The class of what takes its room meanwhile. */
  room?: string | undefined
  /** Whether it stands in the built HTML. */
  isBuilt?: boolean
  children: ReactNode
}

/** A panel that waits until the first view is painted. */
function Below({ what, room, isBuilt = true, children }: BelowProps) {
  const waiting = room ? <div className={room} /> : null
  const isDue = usePainted(isBuilt)
  return (
    <Panel what={what} waiting={waiting}>
      {isDue ? children : waiting}
    </Panel>
  )
}

/** One sentence and the machine; of several models a longer one, and two lines for each. */
const roomForVerdict = (models: number): string =>
  models === 1 ? '5.075rem' : `${6.7375 + 2.525 * models}rem`
