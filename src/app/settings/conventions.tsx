/** Where the field counts in several ways: the way chosen, named and open to change. */
import type { ReactNode } from 'react'
import { holderWords } from '../results/quantities.ts'
import { holders, type Holder } from '../state/session.ts'
import { useActive, useDispatch, useSession } from '../state/store.tsx'
import { Segments } from '../parts/segments.tsx'
import styles from './workload.module.css'

const pairs = [
  { value: 'causal', text: 'Causal', about: 'The pairs that a mask leaves, exactly.' },
  { value: 'full', text: 'Full square', about: 'Every pair, as FLOP counters read it.' },
] as const
const head = [
  { value: 'last', text: 'Last', about: 'Logits for the last position of a prefill.' },
  { value: 'all', text: 'All', about: 'Logits for every position.' },
] as const
const macs = [
  { value: '2', text: 'FLOPs', about: 'A multiply-add is two.' },
  { value: '1', text: 'Multiply-adds', about: 'A multiply-add is one.' },
] as const
const units = [
  { value: 'GB', text: 'GB', about: 'Powers of 1000.' },
  { value: 'GiB', text: 'GiB', about: 'Powers of 1024.' },
] as const
const latent = [
  { value: 'auto', text: 'Auto', about: 'Expanded for a prefill, absorbed for a decode step.' },
  { value: 'expanded', text: 'Expanded' },
  { value: 'absorbed', text: 'Absorbed' },
] as const
const scan = [
  { value: 'auto', text: 'Auto', about: 'Chunked for a prefill, recurrent for a decode step.' },
  { value: 'recurrent', text: 'Recurrent' },
  { value: 'chunked', text: 'Chunked' },
  { value: 'parallel', text: 'Parallel' },
] as const

export function Conventions() {
  const { bytes, holder } = useSession()
  const { workload } = useActive()
  const dispatch = useDispatch()
  return (
    <details className={styles['conventions']}>
      <summary>
        Counted as{' '}
        <strong>{workload.pairs === 'causal' ? 'causal pairs' : 'the full square'}</strong>,{' '}
        <strong>{workload.head === 'last' ? 'head on the last position' : 'head on all'}</strong>,{' '}
        <strong>{workload.flops_per_mac === 1 ? 'multiply-adds' : 'FLOPs'}</strong>,{' '}
        <strong>{bytes}</strong>, cache of <strong>{cacheOf[holder]}</strong>
      </summary>
      <div className={styles['choices']}>
        <Choice title="Attention pairs">
          <Segments
            label="Attention pairs"
            value={workload.pairs}
            choices={pairs}
            onChange={(value) => dispatch({ kind: 'workload', set: { pairs: value } })}
          />
        </Choice>
        <Choice title="Output head on">
          <Segments
            label="Output head on"
            value={workload.head}
            choices={head}
            onChange={(value) => dispatch({ kind: 'workload', set: { head: value } })}
          />
        </Choice>
        <Choice title="Work in">
          <Segments
            label="Work in"
            value={workload.flops_per_mac === 1 ? '1' : '2'}
            choices={macs}
            onChange={(value) =>
              dispatch({ kind: 'workload', set: { flops_per_mac: Number(value) } })
            }
          />
        </Choice>
        <Choice title="Bytes in">
          <Segments
            label="Bytes in"
            value={bytes}
            choices={units}
            onChange={(value) => dispatch({ kind: 'show', set: { bytes: value } })}
          />
        </Choice>
        <Choice title="Cache of">
          <Segments
            label="Cache of"
            value={holder}
            choices={holders.map((value) => ({
              value,
              text: holderWords[value].title,
              about: holderWords[value].about,
            }))}
            onChange={(value) => dispatch({ kind: 'show', set: { holder: value } })}
          />
        </Choice>
        <Choice title="Latent attention">
          <Segments
            label="Latent attention"
            value={workload.latent_form}
            choices={latent}
            onChange={(value) => dispatch({ kind: 'workload', set: { latent_form: value } })}
          />
        </Choice>
        <Choice title="Scans">
          <Segments
            label="Scans"
            value={workload.scan_form}
            choices={scan}
            onChange={(value) => dispatch({ kind: 'workload', set: { scan_form: value } })}
          />
        </Choice>
      </div>
    </details>
  )
}

const cacheOf: Record<Holder, string> = {
  architecture: 'the architecture',
  transformers: 'transformers',
  unified_pages: 'unified pages',
  expanded_latent: 'expanded latents',
}

function Choice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles['choice']}>
      <span aria-hidden="true">{title}</span>
      {children}
    </div>
  )
}
