/** How many images each sequence holds, and of what size: shown where a model sees images. */
import { useId } from 'react'
import type { Field } from '../../formulas/index.ts'
import type { Workload } from '../../engine/index.ts'
import { NumberField } from '../parts/number-field.tsx'
import styles from './workload.module.css'

type Images = NonNullable<Workload['images']>

interface Props {
  fields: readonly Field[]
  about: string
  value: Images | null
  problem: string | undefined
  /** Undefined for none. */
  onChange: (images: Images | undefined) => void
}

/** Of which images are where only their number is said. */
const usualSide = 1024

export function ImagesField({ fields, about, value, problem, onChange }: Props) {
  const id = useId()
  const [counted, ...sides] = fields as [Field, ...Field[]]
  const set = (name: string, to: number): void =>
    onChange({ count: 1, width: usualSide, height: usualSide, ...value, [name]: to })
  return (
    <div className={styles['tokens']} data-address="images">
      <label htmlFor={id} title={about}>
        {counted.label}
      </label>
      <NumberField
        id={id}
        label={counted.label}
        value={value?.count ?? null}
        none={{ text: 'none', onChoose: () => onChange(undefined) }}
        problem={problem}
        onChange={(to) => set(counted.name, to)}
      />
      {value !== null && (
        <span className={styles['sides']}>
          {sides.map(({ name, label }) => (
            <NumberField
              key={name}
              label={label}
              value={value[name as keyof Images]}
              onChange={(to) => set(name, to)}
            />
          ))}
        </span>
      )}
    </div>
  )
}
