/** Bytes of an element, by the formats that have so many. */
export const formats = [
  { bytes: 4, text: 'fp32' },
  { bytes: 2, text: 'bf16' },
  { bytes: 1, text: 'fp8, int8' },
  { bytes: 0.5, text: '4 bit' },
] as const

interface Props {
  id: string
  value: number
  onChange: (bytes: number) => void
}

export function BytesFormat({ id, value, onChange }: Props) {
  return (
    <select id={id} value={value} onChange={(event) => onChange(Number(event.currentTarget.value))}>
      <Formats value={value} />
    </select>
  )
}

interface PerhapsProps {
  id: string
  /** Undefined: left to the model, and to the runtime where there is one. */
  value: number | undefined
  /** What is counted where nothing is chosen. */
  usual: number
  onChange: (bytes: number | undefined) => void
}

/** One that may be left unsaid. */
export function PerhapsBytesFormat({ id, value, usual, onChange }: PerhapsProps) {
  const choose = (said: string): void => onChange(said === unsaid ? undefined : Number(said))
  return (
    <select id={id} value={value ?? unsaid} onChange={(event) => choose(event.currentTarget.value)}>
      <option value={unsaid}>{`${textOf(usual)} by default`}</option>
      <Formats value={value} />
    </select>
  )
}

const unsaid = ''

const textOf = (bytes: number): string =>
  formats.find((each) => each.bytes === bytes)?.text ?? `${bytes} bytes`

/** The usual ones, and the one that is chosen. */
function Formats({ value }: { value: number | undefined }) {
  const known = formats.some(({ bytes }) => bytes === value)
  return (
    <>
      {formats.map(({ bytes, text }) => (
        <option key={bytes} value={bytes}>
          {text}
        </option>
      ))}
      {!known && value !== undefined && <option value={value}>{textOf(value)}</option>}
    </>
  )
}
