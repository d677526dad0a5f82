/** What a calculation says of a claim: a word with a shape of its own. */
import type { Verdict } from '../../dictionary/index.ts'
import styles from './entry.module.css'

const signs: Record<Verdict, [sign: string, words: string]> = {
  holds: ['✓', 'True'],
  loose: ['≈', 'Partly true'],
  wrong: ['✕', 'Wrong'],
  'not computable': ['?', 'Not computable'],
}

export const VerdictMark = ({ verdict }: { verdict: Verdict }) => (
  <span className={styles['verdict']} data-verdict={verdict}>
    <span aria-hidden="true">{signs[verdict][0]}</span> {signs[verdict][1]}
  </span>
)
