/** A search field over a list, by the ARIA combobox pattern: arrows move, Enter picks, focus stays in the field. */
import { useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import styles from './picker.module.css'
import { sift } from './sift.ts'

export interface Option {
  id: string
  text: string
  /** Beside the text, and searched as well. */
  detail?: string
  group?: string
  /** What it is called elsewhere, separated by commas: searched as its text is. */
  names?: string
}

interface Props {
  label: string
  placeholder: string
  options: readonly Option[]
  onPick: (option: Option) => void
  /** Said where nothing is found. */
  none: string
}

export function Picker({ label, placeholder, options, onPick, none }: Props) {
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const sought = useDeferredValue(words)
  const found = useMemo(() => sift(options, sought), [options, sought])
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const id = useId()
  const current = Math.min(at, found.length - 1)

  // The dialog it stands in was opened to search, and once shown gives the keyboard to its first button.
  useEffect(() => field.current?.focus(), [])

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [current, found])

  const press = (event: KeyboardEvent): void => {
    const jumps: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + 8,
      PageUp: current - 8,
    }
    const target = jumps[event.key]
    if (target !== undefined) {
      event.preventDefault()
      setAt(Math.max(0, Math.min(found.length - 1, target)))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      // The list may lag behind the typing; what is picked may not.
      const held = sift(options, words)
      const option = held[Math.min(at, held.length - 1)]
      if (option) onPick(option)
    }
  }

  return (
    <div className={styles['picker']}>
      <input
        // A search field would take the first Escape to empty itself.
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={found[current] ? `${id}-${current}` : undefined}
        autoComplete="off"
        spellCheck={false}
        ref={field}
        placeholder={placeholder}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={press}
      />
      <ul ref={list} id={`${id}-list`} role="listbox" aria-label={label} className={styles['list']}>
        {found.map((option, index) => (
          // The field above has the keyboard; see the combobox pattern.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <li
            key={option.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            data-option={option.id}
            onClick={() => onPick(option)}
            onPointerMove={() => setAt(index)}
          >
            <span>{option.text}</span>
            {option.detail && <span className={styles['detail']}>{option.detail}</span>}
          </li>
        ))}
      </ul>
      <p className={found.length > 0 ? 'unseen' : styles['none']} role="status">
        {found.length > 0 ? `${found.length} found` : none}
      </p>
    </div>
  )
}
