/** Keeps the items that hold every word: those first that begin with them, then those that are called so, then the others. */
interface Sifted {
  text: string
  detail?: string
  group?: string
  /** What it is called as well, separated by commas. */
  names?: string
}

export function sift<Item extends Sifted>(items: readonly Item[], words: string): readonly Item[] {
  if (words.trim() === '') return items
  const parts = words.trim().split(/\s+/).map(plain)
  const start = plain(words)
  return items
    .flatMap((item) => {
      const { text, detail = '', group = '', names = '' } = item
      const all = plain(`${text} ${detail} ${group} ${names}`)
      return parts.every((part) => all.includes(part)) ? [{ item, rank: rankOf(text, names) }] : []
    })
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item)

  function rankOf(text: string, names: string): number {
    if (plain(text).startsWith(start)) return 0
    const called = names.split(',').map(plain)
    if (called.includes(start)) return 1
    const single = `${text} ${names}`.toLowerCase().split(/[^a-z0-9.]+/)
    return parts.every((part) => single.some((word) => word.startsWith(part))) ? 2 : 3
  }
}

const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s_-]+/g, '')
