/** In place of the whole page, where what all panels rest on fails. */
import { Button } from '../parts/button.tsx'
import { forgetSession } from '../state/last-session.ts'
import styles from './page-failure.module.css'

export function PageFailure({ error }: { error: Error }) {
  return (
    <main role="alert" className={styles['page']}>
      <h1>archcost could not be shown</h1>
      <p>{error.message}</p>
      <p>
        <Button look="main" onClick={() => location.reload()}>
          Reload
        </Button>{' '}
        <Button
          look="outlined"
          onClick={() => {
            forgetSession()
            location.assign(location.pathname)
          }}
        >
          Start anew
        </Button>
      </p>
    </main>
  )
}
