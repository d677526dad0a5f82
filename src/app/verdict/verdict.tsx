/** The answer before the numbers: whether it fits, how much, at most how fast; of several models, what each wins and pays. */
import { useEffect, useState } from 'react'
import type { Evaluated } from '../models/evaluated.ts'
import type { Letter } from '../models/letters.ts'
import type { Manner } from '../results/show.ts'
import { Panel } from '../parts/boundary.tsx'
import { lazyNamed } from '../parts/lazy.ts'
import type { Machine } from '../state/session.ts'
import { useDispatch, useResults, useSession } from '../state/store.tsx'
import { compareSentences } from './compares.ts'
import { builtSentence } from './built.ts'
import { degreesText, machineText } from './machine-text.ts'
import type { Piece } from './sentence.ts'
import styles from './verdict.module.css'

const MachinePanel = lazyNamed(() => import('./machine-panel.tsx'), 'MachinePanel')

interface Said {
  letter: Letter
  pieces: readonly Piece[]
}

export function Verdict() {
  const { machine, baseline, bytes } = useSession()
  const results = useResults()
  const said = useSettled(results, machine, bytes)
  const many = results.length > 1
  return (
    <section className={styles['verdict']} data-many={many} aria-label="Verdict">
      {many && <Sentence letter={baseline} pieces={compareSentences(results, baseline)} />}
      {(said ?? results.map(({ letter }): Said => ({ letter, pieces: [] }))).map(
        ({ letter, pieces }) => (
          <Sentence
            key={letter}
            letter={letter}
            pieces={many ? [{ text: `${letter}: ` }, ...pieces] : pieces}
            isSmall={many}
          />
        ),
      )}
      <MachineLine />
    </section>
  )
}

interface Held {
  results: readonly Evaluated[]
  machine: Machine
  bytes: Manner['bytes']
  said: readonly Said[]
}

/** Solved anew when nothing has moved for a moment: a drag does not wait for it. Null until it first is. */
function useSettled(
  results: readonly Evaluated[],
  machine: Machine,
  bytes: Manner['bytes'],
): readonly Said[] | null {
  const [held, setHeld] = useState<Held | null>(() => {
    const pieces = builtSentence()
    const [first] = results
    return pieces && first
      ? { results, machine, bytes, said: [{ letter: first.letter, pieces }] }
      : null
  })
  const isNew = held === null
  const isSettled = held?.results === results && held.machine === machine && held.bytes === bytes
  useEffect(() => {
    if (isSettled) return undefined
    let isLate = false
    const solve = async (): Promise<void> => {
      const { fitSentence } = await import('./fits.ts')
      if (isLate) return
      const said = results.map((result): Said => ({
        letter: result.letter,
        pieces: fitSentence(result, machine, bytes),
      }))
      setHeld({ results, machine, bytes, said })
    }
    const timer = setTimeout(() => void solve(), isNew ? 0 : 250)
    return () => {
      isLate = true
      clearTimeout(timer)
    }
  }, [results, machine, bytes, isSettled, isNew])
  return held && held.said.filter(({ letter }) => results.some((each) => each.letter === letter))
}

interface SentenceProps extends Said {
  isSmall?: boolean
}

function Sentence({ letter, pieces, isSmall = false }: SentenceProps) {
  const dispatch = useDispatch()
  return (
    <p className={styles['sentence']} data-small={isSmall}>
      {pieces.map(({ text, strong, opens, of = letter }, place) => {
        // A piece is its place in the sentence.
        /* oxlint-disable react/no-array-index-key */
        if (opens)
          return (
            <button
              key={place}
              type="button"
              title="Where does it come from?"
              onClick={() => dispatch({ kind: 'open', opened: { letter: of, quantity: opens } })}
            >
              {text}
            </button>
          )
        return strong ? <strong key={place}>{text}</strong> : <span key={place}>{text}</span>
        /* oxlint-enable react/no-array-index-key */
      })}
    </p>
  )
}

/** What it all runs on: one line that opens. */
function MachineLine() {
  const { machine } = useSession()
  const [isOpen, setOpen] = useState(false)
  const runtime = machine.runtime === 'none' ? 'no runtime' : machine.runtime
  return (
    <details className={styles['machine']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        on {machineText(machine)}, {[...degreesText(machine), runtime].join(', ')}
      </summary>
      {isOpen && (
        <Panel what="The machine" waiting={null}>
          <MachinePanel />
        </Panel>
      )}
    </details>
  )
}
