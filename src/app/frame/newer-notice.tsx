/** Says that a newer version of the page is there, and takes the visitor over with everything that the address holds. */
import { useState } from 'react'
import { Button } from '../parts/button.tsx'
import { reload, useNewer } from '../parts/newer.ts'
import styles from './newer-notice.module.css'

export function NewerNotice() {
  const newer = useNewer()
  const [late, setLate] = useState(false)
  const shown = newer && !late
  return (
    <div role="status" className={shown ? styles['newer'] : 'unseen'}>
      {shown && (
        <>
          A newer version of archcost is there. Models, settings and view stay as they are.
          <Button look={['small', 'outlined']} onClick={() => void reload()}>
            Reload
          </Button>
          <Button look="small" onClick={() => setLate(true)}>
            Later
          </Button>
        </>
      )}
    </div>
  )
}
