/** Brings in an architecture by paste, drop or file. What does not read is said at once; the models in view stay. */
import { useDeferredValue, useId, useMemo, useRef, useState, type DragEvent } from 'react'
import { formatExact } from '../../engine/numbers.ts'
import { evaluate } from '../../engine/index.ts'
import { Button } from '../shell/button.tsx'
import { useShell } from '../shell/shell.tsx'
import { activeSlot, freeLetter, type Slot } from '../state/session.ts'
import { useDispatch, useSession } from '../state/store.tsx'
import styles from './form.module.css'
import { slotFromText } from './read.ts'
import { ImportReport } from './report.tsx'

/** Larger than any config.json, small enough to read while typing. */
const largest = 4e6

export function ImportForm({ onDone }: { onDone: () => void }) {
  const session = useSession()
  const dispatch = useDispatch()
  const { say } = useShell()
  const [text, setText] = useState('')
  const [name, setName] = useState<string | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const file = useRef<HTMLInputElement>(null)
  const id = useId()
  const read = useRead(useDeferredValue(text), name)
  const trouble = refused ?? (typeof read === 'string' ? read : null)
  const slot = read !== null && typeof read === 'object' ? read : null
  const free = freeLetter(session.slots)

  const take = async (given: File): Promise<void> => {
    if (given.size > largest) {
      setRefused(
        `${given.name} has ${formatExact(given.size)} bytes; a config.json has a few thousand.`,
      )
      return
    }
    setRefused(null)
    setName(given.name === 'config.json' ? null : given.name.replace(/\.json$/i, ''))
    setText(await given.text())
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    const [given] = event.dataTransfer.files
    if (given) void take(given)
    else setText(event.dataTransfer.getData('text/plain'))
  }
  const open = (kind: 'add' | 'replace'): void => {
    if (slot === null) return
    const letter = kind === 'add' && free ? free : activeSlot(session).letter
    dispatch({ kind, slot: { ...slot, letter } })
    say(`${slot.model.architecture.name} is model ${letter}.`)
    onDone()
  }

  return (
    <div className={styles['form']} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <p className={styles['about']}>
        Paste a <code>config.json</code>, drop it here, or{' '}
        <Button look={['small', 'outlined']} onClick={() => file.current?.click()}>
          choose a file
        </Button>
        . It stays in this browser.
      </p>
      <input
        ref={file}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label="A config.json"
        onChange={(event) => {
          const [given] = event.currentTarget.files ?? []
          if (given) void take(given)
        }}
      />
      <label className="unseen" htmlFor={id}>
        config.json
      </label>
      <textarea
        id={id}
        rows={12}
        spellCheck={false}
        autoComplete="off"
        placeholder={'{\n  "model_type": "llama",\n  "hidden_size": 4096,\n  …'}
        aria-invalid={trouble !== null}
        aria-describedby={`${id}-result`}
        value={text}
        onChange={(event) => {
          setRefused(null)
          setText(event.currentTarget.value)
        }}
      />
      <div id={`${id}-result`} role="status" className={styles['result']}>
        {trouble !== null && <p className={styles['trouble']}>{trouble}</p>}
        {slot && <Reading slot={slot} />}
      </div>
      {slot?.origin.report && <ImportReport report={slot.origin.report} />}
      <p className={styles['acts']}>
        <Button look="main" disabled={slot === null} onClick={() => open('replace')}>
          Open as {session.active}
        </Button>
        <Button look="outlined" disabled={slot === null || !free} onClick={() => open('add')}>
          {free ? `Compare as ${free}` : 'Four models are open'}
        </Button>
      </p>
    </div>
  )
}

/** Null for nothing, a text for what is wrong with it, else the model. */
function useRead(text: string, name: string | null): Slot | string | null {
  return useMemo(() => {
    if (text.trim() === '') return null
    try {
      return slotFromText(text, name, 'A')
    } catch (error) {
      return (error as Error).message
    }
  }, [text, name])
}

function Reading({ slot }: { slot: Slot }) {
  const { architecture } = slot.model
  const { total, active } = evaluate(slot.model).params
  return (
    <>
      <p>
        <strong>{architecture.name}</strong>
        {architecture.model_type && `, ${architecture.model_type}`}: {formatExact(total)} parameters
        {active < total && `, ${formatExact(active)} active`}
      </p>
      {slot.origin.notes.map(({ text, level }) => (
        <p key={text} className={styles[level]}>
          {text}
        </p>
      ))}
    </>
  )
}
