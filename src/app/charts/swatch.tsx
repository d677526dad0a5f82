/** A colour of the chart beside its words. */
import styles from './frame.module.css'

export function Swatch({ colour, text }: { colour: string; text: string }) {
  return (
    <span className={styles['swatch']}>
      <svg width="10" height="10" aria-hidden="true">
        <rect width="10" height="10" rx="2" fill={`var(--part-${colour})`} />
      </svg>
      {text}
    </span>
  )
}
