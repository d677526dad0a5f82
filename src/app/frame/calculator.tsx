/** The calculator: settings, results, and the derivation of the number that is open. */
import { Headline } from '../results/headline.tsx'
import { ModelLine } from '../results/model-line.tsx'
import { Now, useSession } from '../state/store.tsx'
import { Panel } from '../parts/boundary.tsx'
import styles from './calculator.module.css'
import { lazyNamed } from '../parts/lazy.ts'
import { Masthead } from './masthead.tsx'

const WorkloadControls = lazyNamed(() => import('../settings/workload.tsx'), 'WorkloadControls')
/** Of all that is late what people look for first. */
export const Verdict = lazyNamed(() => import('../verdict/verdict.tsx'), 'Verdict')
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
      <Panel what="The question">
        <Masthead />
      </Panel>
      {question === 'size' && (
        <Panel what="Sizing" waiting={<div className={styles['size']} />}>
          <SizePanel />
        </Panel>
      )}
      <div className={styles['columns']} data-open={opened !== null}>
        <Panel what="The settings" waiting={<div className={styles['settings']} />}>
          <Now>
            <SettingsPanel />
          </Now>
        </Panel>
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
            <Panel what="The workload" waiting={<div className={styles['workload']} />}>
              <WorkloadControls />
            </Panel>
          </Now>
          <div className={styles['half']}>
            <Panel what="The charts" waiting={<div className={styles['chart']} />}>
              <ChartTabs />
            </Panel>
          </div>
          <div className={styles['half']}>
            <Panel what="The table of quantities" waiting={<div className={styles['table']} />}>
              <QuantityTable />
            </Panel>
          </div>
          {slots.length > 1 && (
            <Panel what="What differs" waiting={null}>
              <Differing />
            </Panel>
          )}
        </div>
        {opened && (
          <Panel what="The derivation" waiting={null} key={`${opened.letter}.${opened.quantity}`}>
            <DerivationPanel opened={opened} />
          </Panel>
        )}
      </div>
    </>
  )
}

/** One sentence and the machine; of several models a longer one, and two lines for each. */
const roomForVerdict = (models: number): string =>
  models === 1 ? '5.075rem' : `${6.7375 + 2.525 * models}rem`
