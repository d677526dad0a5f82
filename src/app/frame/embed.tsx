/** One chart by itself, for other pages to hold in a frame, with the way to all that is behind it. */
import { useEffect, useState } from 'react'
import { Chart, isMeant, titles } from '../charts/chart-tabs.tsx'
import { Panel } from '../parts/boundary.tsx'
import { useInBrowser } from '../parts/in-browser.ts'
import { linkTo } from '../state/address.ts'
import { useSession } from '../state/store.tsx'
import styles from './embed.module.css'

export function Embed() {
  const session = useSession()
  const { chart, slots } = session
  const name = isMeant(chart.name, slots) ? chart.name : 'drawing'
  const [link, setLink] = useState('./')
  const isDrawn = useInBrowser()
  useEffect(() => {
    let isLate = false
    linkTo({ ...session, embed: false }).then(
      (whole) => isLate || setLink(whole),
      // What fits no link is shown without one.
      () => undefined,
    )
    return () => {
      isLate = true
    }
  }, [session])
  return (
    <main className={styles['embed']}>
      <h1>{slots.map(({ model }) => model.architecture.name).join(', ')}</h1>
      <Panel what={`The chart “${titles[name]}”`} waiting={null}>
        {isDrawn && <Chart name={name} />}
      </Panel>
      <p>
        <a href={link} target="_blank" rel="noopener">
          archcost: what does this architecture cost?
        </a>
      </p>
    </main>
  )
}
