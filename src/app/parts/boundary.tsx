/** Keeps an error where it happens: a panel that fails says so and can be tried again, the rest of the page stands. */
import { Component, createContext, Suspense, use, useState, type ReactNode } from 'react'
import styles from './boundary.module.css'
import { Button } from './button.tsx'
import { Icon } from './icons.tsx'
import { isMissing, reload, useNewer } from './newer.ts'

/** What panels draw from: with another value, a panel that failed is tried again. */
export const DrawnFrom = createContext<unknown>(null)

interface Props {
  /** What fails, as a sentence begins: `The settings`. */
  what: string
  /** Shown while a part is being loaded; left out where nothing is. */
  waiting?: ReactNode
  children: ReactNode
}

/** A panel of the page. Whatever changes on the page is another chance for it. */
export function Panel({ what, waiting, children }: Props) {
  return (
    <Boundary
      under={use(DrawnFrom)}
      renderFailure={(error, retry) => <Failure what={what} error={error} onRetry={retry} />}
    >
      {waiting === undefined ? children : <Suspense fallback={waiting}>{children}</Suspense>}
    </Boundary>
  )
}

interface BoundaryProps {
  /** With another one, what failed is tried again. */
  under?: unknown
  /** What stands in place of the children that failed. */
  renderFailure: (error: Error, retry: () => void) => ReactNode
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
    const { renderFailure, children } = this.props
    return error === null ? children : renderFailure(error, this.retry)
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
