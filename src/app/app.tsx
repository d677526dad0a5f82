/** The page: the store around the frame. */
import { Frame } from './frame/frame.tsx'
import { PageFailure } from './frame/page-failure.tsx'
import { Boundary } from './parts/boundary.tsx'
import type { Session } from './state/session.ts'
import { Store } from './state/store.tsx'

export interface AppProps {
  session: Session
  /** What a link asked for and could not be given. */
  troubles?: readonly string[]
}

export function App({ session, troubles = [] }: AppProps) {
  return (
    <Boundary renderFailure={(error) => <PageFailure error={error} />}>
      <Store session={session}>
        <Frame troubles={troubles} />
      </Store>
    </Boundary>
  )
}
