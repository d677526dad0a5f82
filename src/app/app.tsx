/** The page: the store around the shell. */
import { Boundary } from './shell/boundary.tsx'
import { Frame } from './shell/frame.tsx'
import type { Session } from './state/session.ts'
import { Store } from './state/store.tsx'

export interface AppProps {
  session: Session
  /** What a link asked for and could not be given. */
  troubles?: readonly string[]
}

export function App({ session, troubles = [] }: AppProps) {
  return (
    <Boundary>
      <Store session={session}>
        <Frame troubles={troubles} />
      </Store>
    </Boundary>
  )
}
