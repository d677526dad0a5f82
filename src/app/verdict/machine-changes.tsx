/** What the last change of the machine or of a format did, for each model. */
import { useDeferredValue, useState } from 'react'
import type { OpenFit } from '../../engine/deploy/open-fit.ts'
import { useResults, useSession } from '../state/store.tsx'
import { changesOf } from './before-after.ts'
import { fitOf } from './fits.ts'
import styles from './rank-memory.module.css'

interface Held {
  /** The models and all of the workload that is no format; another one begins anew. */
  subject: string
  /** The machine and the formats. */
  under: string
  now: readonly (OpenFit | string)[]
  before: readonly (OpenFit | string)[] | null
}

export function MachineChanges() {
  const { machine, bytes } = useSession()
  const results = useDeferredValue(useResults())
  const [held, hold] = useState<Held | null>(null)
  const formats = results.map(({ workload: { weights, bytes_per_cache, bytes_per_keys, bytes_per_values, bytes_per_state } }) => [weights, bytes_per_cache, bytes_per_keys, bytes_per_values, bytes_per_state]) // prettier-ignore
  const under = JSON.stringify([machine, formats])
  const subject = JSON.stringify(results.map(({ letter, model, workload: { context, cached, batch } }) => [letter, model.architecture, context, cached, batch])) // prettier-ignore
  if (held?.under !== under || held.subject !== subject) {
    const now = results.map((result) => fitOf(result, machine))
    const before = held?.subject === subject ? held.now : null
    hold({ subject, under, now, before })
  }
  if (!held?.before) return null
  const { before, now } = held
  const changes = results.flatMap(({ letter }, place) =>
    now[place] === undefined || before[place] === undefined
      ? []
      : changesOf(before[place], now[place], bytes).map((change) => ({ letter, ...change })),
  )
  return (
    <div role="status">
      <ul className={styles['changes']} aria-label="What that changed">
        {changes.map(({ letter, words, before: was, after }) => (
          <li key={`${letter} ${words}`}>
            {results.length > 1 && `${letter}: `}
            {words} {was} → <b>{after}</b>
          </li>
        ))}
      </ul>
    </div>
  )
}
