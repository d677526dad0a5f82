/** What a calculation says of a claim: a word with a shape of its own. */
import type { Verdict } from '../../dictionary/index.ts'
import styles from './entry.module.css'

const signs: Record<Verdict, string> = { holds: '✓', loose: '≈', wrong: '✕', 'not computable': '?' }

export const VerdictMark = ({ verdict }: { verdict: Verdict }) => (
  <span className={styles['verdict']} data-verdict={verdict}>
    <span aria-hidden="true">{signs[verdict]}</span> {verdict}
  </span>
)
