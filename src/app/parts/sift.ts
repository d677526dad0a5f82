/** Keeps the options that hold every word, those that begin with the words first. */
export function sift<Item extends { text: string; detail?: string; group?: string }>(
  items: readonly Item[],
  words: string,
): readonly Item[] {
  const plain = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, '')
  const parts = words.trim().toLowerCase().split(/\s+/).map(plain)
  if (words.trim() === '') return items
  const start = plain(words)
  const held = items.filter((item) => {
    const text = plain(`${item.text} ${item.detail ?? ''} ${item.group ?? ''}`)
    return parts.every((part) => text.includes(part))
  })
  return held.toSorted(
    (a, b) => Number(plain(b.text).startsWith(start)) - Number(plain(a.text).startsWith(start)),
  )
}
