/** Brings in an architecture by paste, drop, file or name. What does not read is said at once; the models in view stay. */
import { useEffect, useId, useRef, useState, type DragEvent, type FormEvent } from 'react'
import { evaluate } from '../../engine/index.ts'
import { formatExact } from '../../engine/numbers.ts'
import { Button } from '../parts/button.tsx'
import { useShell } from '../parts/shell.tsx'
import { activeSlot } from '../state/session.ts'
import { freeLetter, named, type Slot } from '../models/slot.ts'
import { useDispatch, useSession } from '../state/store.tsx'
import { useBrought } from './brought.ts'
import styles from './form.module.css'
import { ImportReport } from './report.tsx'

export function ImportForm({ onDone }: { onDone: () => void }) {
  const session = useSession()
  const dispatch = useDispatch()
  const { say } = useShell()
  const { text, slot, trouble, waiting, onHub, takeText, takeFiles, takeHub, forget } = useBrought()
  const [name, setName] = useState<string | null>(null)
  const id = useId()
  const free = freeLetter(session.slots)
  const field = useRef<HTMLTextAreaElement>(null)
  // The dialog was opened to paste into it.
  useEffect(() => field.current?.focus(), [])

  const drop = (event: DragEvent): void => {
    event.preventDefault()
    const files = [...event.dataTransfer.files]
    if (files.length > 0) void takeFiles(files)
    else takeText(event.dataTransfer.getData('text/plain'))
  }
  const open = (kind: 'add' | 'replace'): void => {
    if (slot === null) return
    const letter = kind === 'add' && free ? free : activeSlot(session).letter
    const given = name?.trim() || slot.model.architecture.name
    dispatch({ kind, slot: { ...named(slot, given), letter } })
    say(`${given} is model ${letter}.`)
    forget()
    onDone()
  }

  return (
    <div className={styles['form']} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <Ways onFiles={(files) => void takeFiles(files)} onHub={(where) => void takeHub(where)} />
      <label className="unseen" htmlFor={id}>
        config.json
      </label>
      <textarea
        ref={field}
        id={id}
        rows={10}
        spellCheck={false}
        autoComplete="off"
        placeholder={'{\n  "model_type": "llama",\n  "hidden_size": 4096,\n  …'}
        aria-invalid={trouble !== null}
        aria-describedby={`${id}-result`}
        value={text}
        onChange={(event) => takeText(event.currentTarget.value)}
      />
      <div id={`${id}-result`} role="status" className={styles['result']}>
        {waiting !== null && <p>Reading {waiting}…</p>}
        {trouble !== null && <p className={styles['trouble']}>{trouble}</p>}
        {onHub !== null && waiting === null && (
          <p>
            That is a model on the hub.{' '}
            <Button look={['small', 'main']} onClick={() => void takeHub(onHub)}>
              Fetch its config.json
            </Button>
          </p>
        )}
        {slot && <Reading slot={slot} />}
      </div>
      {slot?.origin.report && <ImportReport report={slot.origin.report} />}
      {slot && (
        <p className={styles['name']}>
          <label htmlFor={`${id}-name`}>Name</label>
          <input
            id={`${id}-name`}
            autoComplete="off"
            maxLength={80}
            value={name ?? slot.model.architecture.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </p>
      )}
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

interface WaysProps {
  onFiles: (files: readonly File[]) => void
  onHub: (id: string) => void
}

function Ways({ onFiles, onHub }: WaysProps) {
  const file = useRef<HTMLInputElement>(null)
  const [id, setId] = useState('')
  const field = useId()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onHub(id.trim())
  }
  return (
    <>
      <p className={styles['about']}>
        Paste a <code>config.json</code>, a link of the hub or the headers of safetensors files;
        drop a file or all parts of a GGUF or safetensors file here, or{' '}
        <Button look={['small', 'outlined']} onClick={() => file.current?.click()}>
          choose files
        </Button>
        . It stays in this browser.
      </p>
      <input
        ref={file}
        type="file"
        hidden
        multiple
        accept=".json,application/json,.gguf,.safetensors"
        aria-label="A config.json, or a GGUF or safetensors file"
        onChange={(event) => {
          const given = [...(event.currentTarget.files ?? [])]
          if (given.length > 0) onFiles(given)
        }}
      />
      <form className={styles['hub']} onSubmit={submit}>
        <label htmlFor={field}>Or fetch it from the hub by name or link</label>
        <input
          id={field}
          placeholder="org/name, or https://huggingface.co/org/name"
          autoComplete="off"
          spellCheck={false}
          value={id}
          onChange={(event) => setId(event.currentTarget.value)}
        />
        <Button look="outlined" type="submit">
          Fetch
        </Button>
      </form>
    </>
  )
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
