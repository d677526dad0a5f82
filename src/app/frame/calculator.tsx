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
export const loadFirstView = async (): Promise<unknown> =>
  Promise.all([
    Verdict.load(),
    import('../verdict/verdict.tsx')
      .then(({ loadSolver }) => loadSolver())
      // What cannot be fetched is said where it is drawn.
      .catch(() => {}),
    BesideModel.load(),
    ImportReport.load(),
  ])

export function Calculator() {
  const { opened, question, slots } = useSession()
  return (
    <>
      <Panel what="The question">
        <Masthead />
      </Panel>
      {question === 'size' && (
        <Below what="Sizing" waiting={<div className={styles['size']} />}>
          <SizePanel />
        </Below>
      )}
      <div className={styles['columns']} data-open={opened !== null}>
        <Below what="The settings" waiting={<div className={styles['settings']} />}>
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
            <Below what="The workload" waiting={<div className={styles['workload']} />}>
              <WorkloadControls />
            </Below>
          </Now>
          <div className={styles['half']}>
            <Below what="The charts" waiting={<div className={styles['chart']} />}>
              <ChartTabs />
            </Below>
          </div>
          <div className={styles['half']}>
            <Below what="The table of quantities" waiting={<div className={styles['table']} />}>
              <QuantityTable />
            </Below>
          </div>
          {slots.length > 1 && (
            <Below what="What differs" waiting={null}>
              <Differing />
            </Below>
          )}
        </div>
        {opened && (
          <Below what="The derivation" waiting={null} key={`${opened.letter}.${opened.quantity}`}>
            <DerivationPanel opened={opened} />
          </Below>
        )}
      </div>
    </>
  )
}

interface BelowProps {
  what: string
  /** Takes the room meanwhile. */
  waiting: ReactNode
  children: ReactNode
}

/** A panel that waits until the first view is painted. */
function Below({ what, waiting, children }: BelowProps) {
  const isDue = usePainted(true)
  return (
    <Panel what={what} waiting={waiting}>
      {isDue ? children : waiting}
    </Panel>
  )
}

/** One sentence and the machine; of several models a longer one, and two lines for each. */
const roomForVerdict = (models: number): string =>
  models === 1 ? '5.075rem' : `${6.7375 + 2.525 * models}rem`
