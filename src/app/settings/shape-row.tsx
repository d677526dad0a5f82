/** A number of the stack or the architecture itself: layers, width. */
import type { Slot } from '../models/slot.ts'
import { useDispatch } from '../state/store.tsx'
import { LogSlider } from '../parts/log-slider.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { problemAt } from './problem-at.ts'
import { Row } from './row.tsx'

interface Props {
  slot: Slot
  address: string
  label: string
  symbol: string
  value: number
  max: number
  /** What the slider does where it moves more than this one setting. */
  onSlide?: (value: number) => void
  about?: string
}

export function ShapeRow({ slot, address, label, symbol, value, max, onSlide, about }: Props) {
  const dispatch = useDispatch()
  const wanted = slot.changes[address] ?? value
  const shown = typeof wanted === 'number' ? wanted : value
  const change = (next: number): void =>
    dispatch({ kind: 'change', letter: slot.letter, address, value: next })
  return (
    <Row
      letter={slot.letter}
      address={address}
      label={label}
      symbol={symbol}
      about={about}
      isChanged={address in slot.changes}
      origin={null}
    >
      {(id) => (
        <>
          <NumberField
            id={id}
            label={label}
            value={shown}
            min={1}
            onChange={change}
            problem={problemAt(slot, address)}
          />
          <LogSlider
            label={`${label}, slider`}
            value={shown}
            min={1}
            max={Math.max(max, shown)}
            onChange={onSlide ?? change}
          />
        </>
      )}
    </Row>
  )
}
