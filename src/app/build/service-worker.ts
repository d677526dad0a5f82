/** The service worker that keeps the page working offline, written with the list of built files. */

/** @param files relative to the page @param version changes when any of them does */
export const serviceWorker = (files: readonly string[], version: string): string => `
const name = 'archcost-' + ${JSON.stringify(version)}
const files = ${JSON.stringify(['./', ...files])}

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(files)))
})

// Not before the last page of the version before has closed: until then that page may ask for its files.
self.addEventListener('activate', (event) => {
  const drop = (keys) => keys.filter((key) => key.startsWith('archcost-') && key !== name).map((key) => caches.delete(key))
  event.waitUntil(caches.keys().then((keys) => Promise.all(drop(keys))).then(() => self.clients.claim()))
})

// The page itself is asked for anew where there is a network; files have their version in their name.
self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => caches.match('./')))
  else event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)))
})
`
