/** The model in view as it would be with something exchanged and a cost kept equal: one click, and it stands beside. */
import { useMemo, useState } from 'react'
import type { ArchcostError } from '../../architecture/errors.ts'
import { missing, type Wanted } from '../../engine/ask/compare/counterparts.ts'
import { Button } from '../parts/button.tsx'
import { useShell } from '../parts/shell.tsx'
import { freeLetter } from '../models/slot.ts'
import { useActive, useDispatch, useSession } from '../state/store.tsx'
import { counterpartSlot } from './counterpart-slot.ts'
import styles from './counterparts.module.css'

const offered: readonly { title: string; about: string; wanted: Wanted }[] = [
  {
    title: 'Dense, equal active parameters',
    about: 'What a token pays for, without the experts that it does not visit.',
    wanted: { kind: 'dense', equal: 'active' },
  },
  {
    title: 'Dense, equal parameters',
    about: 'The same memory, all of it used by every token.',
    wanted: { kind: 'dense', equal: 'total' },
  },
  {
    title: 'Dense, equal work per token',
    about: 'The same FLOPs of a decode step at this context.',
    wanted: { kind: 'dense', equal: 'flops' },
  },
  {
    title: 'Grouped queries for latent attention',
    about: 'As many key-value heads as make the cache equal.',
    wanted: { kind: 'gqa' },
  },
  {
    title: 'Latent attention for grouped queries',
    about: 'As wide a latent as makes the cache equal.',
    wanted: { kind: 'mla' },
  },
  {
    title: 'All layers global',
    about: 'Every window and chunk opened to the whole context.',
    wanted: { kind: 'global' },
  },
  {
    title: 'Untied',
    about: 'An output head of its own.',
    wanted: { kind: 'untied' },
  },
]

export function Counterparts({ onDone }: { onDone: () => void }) {
  const session = useSession()
  const active = useActive()
  const dispatch = useDispatch()
  const { say } = useShell()
  const [trouble, setTrouble] = useState('')
  const free = freeLetter(session.slots)
  const make = (wanted: Wanted): void => {
    try {
      const letter = free ?? active.letter
      const slot = counterpartSlot(active, wanted, letter)
      dispatch({ kind: 'add', slot })
      dispatch({ kind: 'baseline', letter: active.letter })
      say(`${slot.model.architecture.name} is model ${letter}.`)
      onDone()
    } catch (error) {
      setTrouble(`${active.name} has no such counterpart: ${(error as Error).message}`)
    }
  }
  const listed = useMemo(
    () =>
      offered
        .map((each) => ({ ...each, lack: missing(active.model.architecture, each.wanted) }))
        .toSorted((a, b) => Number(a.lack !== null) - Number(b.lack !== null)),
    [active.model],
  )
  return (
    <>
      <p className={styles['about']}>
        {free
          ? `${active.name} with one thing exchanged and one cost kept equal, beside it as ${free}.`
          : 'Four models are open. Close one to make room for a counterpart.'}
      </p>
      <p role="status" className={styles['trouble']}>
        {trouble}
      </p>
      <ul className={styles['list']}>
        {listed.map(({ title, about, wanted, lack }) => (
          <li key={title}>
            <span>
              <strong>{title}</strong>
              <span>{lack === null ? about : reasonOf(lack)}</span>
            </span>
            <Button look="outlined" disabled={!free || lack !== null} onClick={() => make(wanted)}>
              Add
              <span className="unseen">: {title}</span>
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}

/** `There is no window or chunk to open: …`, without the word of what was asked. */
const reasonOf = ({ message, path }: ArchcostError): string => {
  const words = message.slice(path === undefined ? 0 : path.length + 2)
  return `${words[0]!.toUpperCase()}${words.slice(1)}.`
}
