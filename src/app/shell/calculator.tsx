/** The calculator: settings, results, and the derivation of the number that is open. */
import { Suspense } from 'react'
import { Headline } from '../results/headline.tsx'
import { ModelLine } from '../results/model-line.tsx'
import { QuantityTable } from '../results/table.tsx'
import { SettingsPanel } from '../settings/panel.tsx'
import { WorkloadControls } from '../settings/workload.tsx'
import { useSession } from '../state/store.tsx'
import styles from './calculator.module.css'
import { lazyNamed } from './lazy.ts'
import { Masthead } from './masthead.tsx'

const ChartTabs = lazyNamed(() => import('../charts/chart-tabs.tsx'), 'ChartTabs')
const DerivationPanel = lazyNamed(() => import('../derivation/panel.tsx'), 'DerivationPanel')

export function Calculator() {
  const { opened } = useSession()
  return (
    <>
      <Masthead />
      <div className={styles['columns']} data-open={opened !== null}>
        <SettingsPanel />
        <div className={styles['results']}>
          <ModelLine />
          <div className={styles['front']}>
            <Headline />
          </div>
          <WorkloadControls />
          <Suspense fallback={<div className={styles['chart']} />}>
            <ChartTabs />
          </Suspense>
          <QuantityTable />
        </div>
        {opened && (
          <Suspense fallback={null}>
            <DerivationPanel opened={opened} key={`${opened.letter}.${opened.quantity}`} />
          </Suspense>
        )}
      </div>
    </>
  )
}
