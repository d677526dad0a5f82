/** What just happened, in a line that goes away: seen below, and announced politely. */
import { useEffect } from 'react'
import styles from './frame.module.css'

export function Notice({ text, onDone }: { text: string; onDone: () => void }) {
  useEffect(() => {
    if (text === '') return
    const timer = setTimeout(onDone, 4000 + text.length * 50)
    return () => clearTimeout(timer)
  }, [text, onDone])
  return (
    <p role="status" className={text === '' ? 'unseen' : styles['notice']}>
      {text}
    </p>
  )
}
