/** The nearest of some words, for messages that ask "did you mean". */

/** Edits (insert, delete, replace, swap neighbours) that turn one word into another. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Infinity
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [i]
    for (let j = 1; j <= b.length; j++) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      rows[i]![j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
        swapped ? at(i - 2, j - 2) + 1 : Infinity,
      )
    }
  }
  return at(a.length, b.length)
}

/** The word most like `word`, or null where none is like it. */
export function nearest(word: string, words: Iterable<string>): string | null {
  // Long input is not a slip of the keyboard, and the table grows with its square.
  if (word.length > 60 || word === '') return null
  let best: string | null = null
  // More than this many edits turn any short word into any other.
  const most = word.length <= 4 ? 1 : Math.max(2, Math.floor(word.length / 3))
  let least = most + 1
  for (const candidate of words) {
    const d = distance(word.toLowerCase(), candidate.toLowerCase())
    if (d < least) [best, least] = [candidate, d]
  }
  return best
}

/** `; did you mean X?`, of what is like the word or, where nothing is, goes on from it; or nothing. */
export function didYouMean(word: string, words: Iterable<string>): string {
  const all = [...words]
  const near = nearest(word, all)
  const meant = near === null ? goingOn(word, all).slice(0, 3) : [near]
  return meant.length === 0 ? '' : `; did you mean ${meant.join(' or ')}?`
}

/** Those that have more parts: `memory.bytes` of `memory`, `deepseek-v3` of `deepseek`. */
function goingOn(word: string, words: readonly string[]): string[] {
  const begun = word.toLowerCase()
  if (begun.length < 2) return []
  return words.filter(
    (each) => each.toLowerCase().startsWith(begun) && /^[^a-z0-9]/i.test(each.slice(begun.length)),
  )
}
