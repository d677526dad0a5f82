/** What is in view, to send or to paste: a link, a table, the sources. */
import { useEffect, useState } from 'react'
import { Button } from '../parts/button.tsx'
import { useShell } from '../parts/shell.tsx'
import { linkTo } from '../state/address.ts'
import { useResults, useSession } from '../state/store.tsx'
import { bibliography } from './bibtex.ts'
import { copyText } from '../parts/copy.ts'
import styles from './panel.module.css'
import { latexTable, markdownTable } from './tables.ts'

/** As a page holds it: one chart, which opens in full. */
function frameOf(link: string): string {
  const url = new URL(link)
  url.searchParams.set('embed', '1')
  return `<iframe src="${url.href.replaceAll('&', '&amp;')}" width="900" height="620" title="archcost"></iframe>`
}

export function SharePanel() {
  const session = useSession()
  const results = useResults()
  const { say } = useShell()
  const [link, setLink] = useState('')
  useEffect(() => {
    let present = true
    void linkTo(session).then(
      (text) => present && setLink(text),
      (error: Error) => present && say(error.message),
    )
    return () => {
      present = false
    }
  }, [session, say])
  const forms = [
    { name: 'Markdown table', print: () => markdownTable(results, session) },
    { name: 'LaTeX table', print: () => latexTable(results, session) },
    { name: 'BibTeX of the sources', print: () => bibliography(results) },
  ]
  return (
    <div className={styles['share']}>
      <p>
        The link holds the models, every changed setting, the workload and the view. An imported
        architecture travels in the part after # that no server sees.
      </p>
      <div className={styles['link']}>
        <input
          readOnly
          aria-label="Link"
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button look="main" onClick={() => void copyText(link, 'The link is copied.', say)}>
          Copy
        </Button>
      </div>
      <p className={styles['forms']}>
        {forms.map(({ name, print }) => (
          <Button
            key={name}
            look="outlined"
            onClick={() => void copyText(print(), `${name}: copied.`, say)}
          >
            {name}
          </Button>
        ))}
        <Button
          look="outlined"
          onClick={() => void copyText(frameOf(link), 'The frame is copied.', say)}
        >
          Frame with the chart
        </Button>
        <Button look="outlined" onClick={() => print()}>
          Print
        </Button>
      </p>
    </div>
  )
}
