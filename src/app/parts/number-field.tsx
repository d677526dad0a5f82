/** A field for a number as people write it (`128k`, `64Ki`, `7B`). What cannot be read stays, with the reason below. */
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { most } from '../../engine/workload.ts'
import { formatExact } from '../../engine/numbers.ts'
import { NumberError, parseNumber } from '../../engine/read-number.ts'
import styles from './field.module.css'

/** What is being typed, and the value that it stands beside. */
interface Draft {
  text: string
  value: number | null
  /** Why it cannot be read, where it cannot. */
  refused: string | null
}

interface Props {
  label: string
  value: number | null
  onChange: (value: number) => void
  whole?: boolean
  /** Bytes may be written with their unit: 80GB. */
  unit?: 'byte' | undefined
  min?: number
  max?: number
  /** What an empty field means, where it may be empty. */
  none?: { text: string; onChoose: () => void } | undefined
  /** What stands at this setting and does not hold, from the checks of its block. */
  problem?: string | undefined
  labelledBy?: string | undefined
  id?: string | undefined
}

export function NumberField({ label, value, onChange, ...rest }: Props) {
  const { unit, whole = true, min = whole ? 1 : 0, max = most, none, problem, labelledBy } = rest
  const own = useId()
  const id = rest.id ?? own
  const [draft, setDraft] = useState<Draft | null>(null)
  // A value that comes from elsewhere (undo, a slider) takes the place of what was typed.
  if (draft !== null && draft.value !== value) setDraft(null)
  const typed = draft?.value === value ? draft : null
  const refused = typed?.refused ?? null
  const shown = typed?.text ?? (value === null ? '' : formatExact(value))
  const trouble = refused ?? problem

  const take = (text: string): void => {
    if (text.trim() === '' && none) {
      setDraft({ text, value: null, refused: null })
      none.onChoose()
      return
    }
    try {
      const read = parseNumber(text, { what: label, whole, min, ...(unit ? { unit } : {}) })
      if (read > max) throw new NumberError(`${label}: at most ${formatExact(max)}`)
      setDraft({ text, value: read, refused: null })
      onChange(read)
    } catch (error) {
      setDraft({ text, value, refused: (error as Error).message })
    }
  }

  // What was typed into the built HTML before the page took it over counts as typed.
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const present = field.current!.value
    if (present !== shown) take(present)
    // oxlint-disable-next-line react/exhaustive-deps -- only when the page takes over
  }, [])

  const step = (event: KeyboardEvent<HTMLInputElement>): void => {
    const way = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0
    if (way === 0 || value === null) return
    event.preventDefault()
    const size = event.shiftKey ? 10 : 1
    const next = whole ? value + way * size : value * 1.1 ** (way * size)
    setDraft(null)
    onChange(Math.min(max, Math.max(min, next)))
  }

  return (
    <>
      <input
        ref={field}
        id={id}
        className={styles['number']}
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        aria-label={labelledBy === undefined && rest.id === undefined ? label : undefined}
        aria-labelledby={labelledBy}
        aria-invalid={trouble !== undefined && trouble !== null}
        aria-describedby={trouble ? `${id}-trouble` : undefined}
        placeholder={none?.text}
        value={shown}
        onChange={(event) => take(event.currentTarget.value)}
        onKeyDown={step}
        onBlur={() => {
          if (refused === null) setDraft(null)
        }}
      />
      {trouble && (
        <p id={`${id}-trouble`} className={styles['trouble']}>
          {trouble}
        </p>
      )}
    </>
  )
}
