/** False while the page is rendered as HTML and taken over, true from then on: for what only a browser can draw. */
import { useSyncExternalStore } from 'react'

const never = () => () => {}

export const useInBrowser = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
