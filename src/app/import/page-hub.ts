/** The hub as the page reaches it: its only use of the network, when a visitor names a model. */
import type { Hub } from '../../import/hub.ts'

/** Where the built page was told that the hub is. */
const told = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="hub"]')?.content ?? 'https://huggingface.co'

export const pageHub = (endpoint = told()): Hub => ({
  endpoint,
  patience_seconds: 20,
  fetch: (url, how) => fetch(url, { ...how, credentials: 'omit' }),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  instead: 'paste the config.json',
  to_open: 'accept its terms on the hub and paste its config.json',
})
