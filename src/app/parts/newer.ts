/** A page that stays open while a newer one is published: what is noticed of it, and the way over. */
import { useSyncExternalStore } from 'react'

let newer = false
const listeners = new Set<() => void>()

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether a newer version is known to be there. */
export const useNewer = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => newer,
    () => false,
  )

/** Errors of parts that could not be fetched. */
const missing = new WeakSet<Error>()

/** Whether an error says that a part of the page could not be fetched, not that the part failed. */
export const isMissing = (error: unknown): boolean => error instanceof Error && missing.has(error)

/** Watches for parts that cannot be fetched, as of a version that is no longer there. */
export function watchForNewer(): void {
  addEventListener('vite:preloadError', ({ payload }) => {
    missing.add(payload)
    payload.message = 'a part of the page could not be fetched'
    void lookForNewer()
  })
}

/** Asks what is published. Nothing is said where nothing answers. */
export async function lookForNewer(): Promise<void> {
  const files = await publishedFiles()
  const own = document.querySelector('script[type=module]')?.getAttribute('src')
  if (files === null || !own || files.includes(own.replace('./', ''))) return
  newer = true
  for (const listener of listeners) listener()
}

/** The service worker lists the files of its version, and is never kept; null where it cannot be had. */
async function publishedFiles(): Promise<string | null> {
  try {
    const answer = await fetch('./service-worker.js', { cache: 'no-store' })
    return answer.ok ? await answer.text() : null
  } catch {
    return null
  }
}

let keep = async (): Promise<void> => {}

/** @param write brings what is in view into the address, for when the page is about to be loaded anew */
export function keepBeforeReload(write: () => Promise<void>): void {
  keep = write
}

/**
 * Loads the page anew at its address, which holds the models, settings and view.
 * @returns false where nothing answers: the page that stands is then kept
 */
export async function reload(): Promise<boolean> {
  await keep()
  if ((await publishedFiles()) === null) return false
  location.reload()
  return true
}
