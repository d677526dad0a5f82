/** The answer before the numbers: whether it fits, how much, at most how fast; of several models, what each wins and pays. */
import { memo, useEffect, useMemo, useState } from 'react'
import type { Letter } from '../models/letters.ts'
import { Panel } from '../parts/boundary.tsx'
import { lazyNamed } from '../parts/lazy.ts'
import { useDispatch, useResults, useSession } from '../state/store.tsx'
import { builtSentence, keepBuilt } from './built.ts'
import { compareSentences } from './compares.ts'
import { degreesText, machineText } from './machine-text.ts'
import type { Question, Said } from './say.ts'
import type { Piece } from './sentence.ts'
import styles from './verdict.module.css'

const MachinePanel = lazyNamed(() => import('./machine-panel.tsx'), 'MachinePanel')

export function Verdict() {
  const { machine, baseline, bytes } = useSession()
  const results = useResults()
  const given = useMemo(
    () => ({ results, machine, bytes, baseline }),
    [results, machine, bytes, baseline],
  )
  const said = useSettled(given)
  const many = results.length > 1
  return (
    <section className={styles['verdict']} data-many={many} aria-label="Verdict">
      {many && <Sentence letter={baseline} pieces={said?.compared ?? nothing} />}
      {results.map(({ letter }) => (
        <Sentence
          key={letter}
          letter={letter}
          pieces={said?.fits.find((each) => each.letter === letter)?.pieces ?? nothing}
          isOneOfMany={many}
        />
      ))}
      <MachineLine />
    </section>
  )
}

const nothing: readonly Piece[] = []

interface Held extends Said {
  /** Null where models are compared, and whether they fit is not solved yet. */
  given: Question | null
}

/**
 * Solved anew when nothing has moved for a moment: a drag does not wait for it. What models win and pay stands at once, since
 * it takes no solver. Null until that has something to say.
 */
function useSettled(given: Question): Said | null {
  const [held, setHeld] = useState<Held | null>(() => {
    const pieces = builtSentence()
    const [first] = given.results
    if (pieces && first) return { given, compared: [], fits: [{ letter: first.letter, pieces }] }
    if (given.results.length > 1)
      return { given: null, compared: compareSentences(given.results, given.baseline), fits: [] }
    return null
  })
  const isNew = !held?.given
  const isSettled = held?.given === given
  useEffect(() => {
    if (isSettled) return undefined
    keepBuilt(null)
    let isLate = false
    const solve = async (): Promise<void> => {
      const { say } = await import('./say.ts')
      const said = await say(given, () => !isLate)
      if (said && !isLate) setHeld({ given, ...said })
    }
    const timer = setTimeout(() => void solve(), isNew ? 0 : 250)
    return () => {
      isLate = true
      clearTimeout(timer)
    }
  }, [given, isSettled, isNew])
  return held
}

interface SentenceProps {
  letter: Letter
  pieces: readonly Piece[]
  /** Small, with the model's letter before it. */
  isOneOfMany?: boolean
}

const Sentence = memo(function Sentence({ letter, pieces, isOneOfMany = false }: SentenceProps) {
  const dispatch = useDispatch()
  // Another sentence is another paragraph: no word of it has moved.
  const said = pieces.map(({ text }) => text).join('')
  return (
    <p key={said} className={styles['sentence']} data-small={isOneOfMany}>
      {isOneOfMany && pieces.length > 0 && <span>{`${letter}: `}</span>}
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
})

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
