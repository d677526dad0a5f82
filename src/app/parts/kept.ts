/**
 * What the browser keeps for the page, by key. It may refuse: site data are blocked, the page stands in a frame of another
 * site, no room is left. Then nothing is kept, and nothing is found.
 */
type Keeper = 'localStorage' | 'sessionStorage'

export function readKept(key: string, keeper: Keeper = 'localStorage'): string {
  try {
    return window[keeper].getItem(key) ?? ''
  } catch {
    return ''
  }
}

/** An empty text removes what was kept. */
export function keep(key: string, text: string, keeper: Keeper = 'localStorage'): void {
  try {
    if (text === '') window[keeper].removeItem(key)
    else window[keeper].setItem(key, text)
  } catch {
    // The page goes on without.
  }
}
