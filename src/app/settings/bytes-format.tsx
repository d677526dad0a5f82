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
  const known = formats.some(({ bytes }) => bytes === value)
  return (
    <select id={id} value={value} onChange={(event) => onChange(Number(event.currentTarget.value))}>
      {formats.map(({ bytes, text }) => (
        <option key={bytes} value={bytes}>
          {text}
        </option>
      ))}
      {!known && <option value={value}>{`${value} bytes`}</option>}
    </select>
  )
}
