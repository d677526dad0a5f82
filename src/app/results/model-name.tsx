/** The name of the model in front, and the way to give it another. */
import { useState } from 'react'
import { Button } from '../parts/button.tsx'
import type { Slot } from '../models/slot.ts'
import { useDispatch } from '../state/store.tsx'

export function ModelName({ slot }: { slot: Slot }) {
  const [isEdited, setEdited] = useState(false)
  const dispatch = useDispatch()
  const { name } = slot.model.architecture
  const take = (text: string): void => {
    setEdited(false)
    const next = text.trim()
    if (next !== '' && next !== name) dispatch({ kind: 'rename', letter: slot.letter, name: next })
  }
  if (isEdited)
    return (
      <input
        aria-label="Name of the model"
        defaultValue={name}
        maxLength={longest}
        // Asked for by a press a moment ago.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        onFocus={(event) => event.currentTarget.select()}
        onBlur={(event) => take(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take(event.currentTarget.value)
          else if (event.key === 'Escape') setEdited(false)
        }}
      />
    )
  return (
    <>
      <h2>{name}</h2>
      <Button look="small" onClick={() => setEdited(true)}>
        Rename
      </Button>
    </>
  )
}

/** Longer names fit nowhere. */
const longest = 80
