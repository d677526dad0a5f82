/** The calculator: settings, results, and the derivation of the number that is open. */
import { Suspense } from 'react'
import { Headline } from '../results/headline.tsx'
import { ModelLine } from '../results/model-line.tsx'
import { WorkloadControls } from '../settings/workload.tsx'
import { useSession } from '../state/store.tsx'
import styles from './calculator.module.css'
import { lazyNamed } from './lazy.ts'
import { Masthead } from './masthead.tsx'

const SettingsPanel = lazyNamed(() => import('../settings/panel.tsx'), 'SettingsPanel')
const QuantityTable = lazyNamed(() => import('../results/table.tsx'), 'QuantityTable')
const Differing = lazyNamed(() => import('../results/differing.tsx'), 'Differing')
const ChartTabs = lazyNamed(() => import('../charts/chart-tabs.tsx'), 'ChartTabs')
const SizePanel = lazyNamed(() => import('../size/panel.tsx'), 'SizePanel')
const DerivationPanel = lazyNamed(() => import('../derivation/panel.tsx'), 'DerivationPanel')

export function Calculator() {
  const { opened, question, slots } = useSession()
  return (
    <>
      <Masthead />
      {question === 'size' && (
        <Suspense fallback={<div className={styles['size']} />}>
          <SizePanel />
        </Suspense>
      )}
      <div className={styles['columns']} data-open={opened !== null}>
        <Suspense fallback={<div className={styles['settings']} />}>
          <SettingsPanel />
        </Suspense>
        <div className={styles['results']}>
          <ModelLine />
          <div className={styles['front']}>
            <Headline />
          </div>
          <WorkloadControls />
          <div className={styles['half']}>
            <Suspense fallback={<div className={styles['chart']} />}>
              <ChartTabs />
            </Suspense>
          </div>
          <div className={styles['half']}>
            <Suspense fallback={<div className={styles['table']} />}>
              <QuantityTable />
            </Suspense>
          </div>
          {slots.length > 1 && (
            <Suspense fallback={null}>
              <Differing />
            </Suspense>
          )}
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
