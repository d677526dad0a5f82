/** One of a few choices, all in sight: radio buttons drawn as segments. */
import { useId } from 'react'
import styles from './field.module.css'

interface Props<Choice extends string> {
  label: string
  value: Choice
  choices: readonly { value: Choice; text: string; about?: string }[]
  onChange: (value: Choice) => void
}

export function Segments<Choice extends string>({
  label,
  value,
  choices,
  onChange,
}: Props<Choice>) {
  const name = useId()
  return (
    <fieldset className={styles['segments']}>
      <legend className="unseen">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={styles['segment']} title={choice.about}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          {choice.text}
        </label>
      ))}
    </fieldset>
  )
}
