/** The formats of the weights: as each model is published, or one for all. */
import { bytesOfAll, writeFormats } from '../../architecture/formats.ts'
import type { Formats } from '../../engine/index.ts'
import { formats } from './bytes-format.tsx'

interface Props {
  id: string
  /** Undefined: as published. */
  value: Formats | undefined
  published: Formats
  onChange: (formats: Formats | undefined) => void
}

const asPublished = 'published'

export function WeightsFormat({ id, value, published, onChange }: Props) {
  const [bytes, ...others] = value ? Object.values(value) : []
  const known = others.length === 0 && formats.some((format) => format.bytes === bytes)
  return (
    <select
      id={id}
      title={writeFormats(value ?? published)}
      value={value === undefined ? asPublished : known ? String(bytes) : ''}
      onChange={({ currentTarget }) =>
        onChange(
          currentTarget.value === asPublished
            ? undefined
            : { default: Number(currentTarget.value) },
        )
      }
    >
      <option value={asPublished}>
        {bytesOfAll(published) === null
          ? asPublished
          : `${writeFormats(published)}, ${asPublished}`}
      </option>
      {formats.map((format) => (
        <option key={format.bytes} value={format.bytes}>
          {format.text}
        </option>
      ))}
      {value && !known && (
        <option value="" disabled>
          {writeFormats(value)}
        </option>
      )}
    </select>
  )
}
