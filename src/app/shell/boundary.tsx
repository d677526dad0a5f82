/** Keeps an error where it happens: a panel that fails says so and can be tried again, the rest of the page stands. */
import { Component, Suspense, useState, type ReactNode } from 'react'
import { forgetSession } from '../state/address.ts'
import { useHistory } from '../state/store.tsx'
import styles from './boundary.module.css'
import { Button } from './button.tsx'
import { Icon } from './icons.tsx'
import { isMissing, reload, useNewer } from './newer.ts'

interface Props {
  /** What fails, as a sentence begins: `The settings`. */
  what: string
  /** Shown while a part is being loaded; left out where nothing is. */
  waiting?: ReactNode
  children: ReactNode
}

/** A panel of the page. Whatever changes on the page is another chance for it. */
export function Panel({ what, waiting, children }: Props) {
  const { present } = useHistory()
  return (
    <Boundary what={what} under={present}>
      {waiting === undefined ? children : <Suspense fallback={waiting}>{children}</Suspense>}
    </Boundary>
  )
}

interface BoundaryProps {
  /** With another one, what failed is tried again. */
  under?: unknown
  /** Left out, where it is the whole page. */
  what?: string
  children: ReactNode
}

interface Caught {
  error: Error | null
}

// React has no other way to catch what is thrown while a page is drawn.
export class Boundary extends Component<BoundaryProps, Caught> {
  override state: Caught = { error: null }

  static getDerivedStateFromError(thrown: unknown): Caught {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) }
  }

  override componentDidUpdate({ under }: BoundaryProps): void {
    const { error } = this.state
    // A part that could not be fetched is not fetched twice.
    if (error !== null && !isMissing(error) && under !== this.props.under) this.retry()
  }

  retry = (): void => this.setState({ error: null })

  override render(): ReactNode {
    const { error } = this.state
    const { what, children } = this.props
    if (error === null) return children
    if (what === undefined) return <PageFailure error={error} />
    return <Failure what={what} error={error} onRetry={this.retry} />
  }
}

interface FailureProps {
  what: string
  error: Error
  onRetry: () => void
}

function Failure({ what, error, onRetry }: FailureProps) {
  const newer = useNewer()
  const [alone, setAlone] = useState(false)
  const missing = isMissing(error)
  const again = async (): Promise<void> => setAlone(!(await reload()))
  return (
    <div role="alert" className={styles['failure']}>
      <p>
        <Icon name="warning" />
        <span>
          {what} could not be shown: {error.message}.{' '}
          {missing &&
            newer &&
            'A newer version of archcost is there; reloading keeps the address. '}
          {alone && 'There is no answer from where the page comes from. '}
          The rest of the page stands.
        </span>
      </p>
      <Button look={['small', 'outlined']} onClick={missing ? () => void again() : onRetry}>
        {missing ? 'Reload' : 'Try again'}
      </Button>
    </div>
  )
}

/** In place of the whole page, where what all panels rest on fails. */
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
