/** What is lost when JSON is parsed: keys that stand twice, and the digits of long numbers. */

/** Far beyond any config.json and architecture. */
const deepest = 1000

export interface Scanned {
  /** The values of the outermost object as they are written, by key; of a doubled key the last. */
  texts: ReadonlyMap<string, string>
  /** The path of the first key that its object has had before, such as `workload.batch`. */
  doubled: string | null
  /** Whether something stands within more than 1000 objects and lists; what follows it is not looked at. */
  too_deep: boolean
}

/**
 * Looks through a text in one pass. What is no JSON gives no error, and nothing that means anything.
 * @param foreign a key of the outermost object in whose value keys may stand twice
 */
export function scanJson(text: string, foreign: string): Scanned {
  const texts = new Map<string, string>()
  let doubled: string | null = null
  /** The objects and lists that are open, each with the key that was read last in it. */
  const open: { keys?: Set<string>; key?: string }[] = []
  let value = 0
  const finish = (end: number): void => {
    const key = open.length === 1 ? open[0]!.key : undefined
    if (key !== undefined) texts.set(key, text.slice(value, end).trim())
  }
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '{' || character === '[') {
      if (open.length === deepest) return { texts, doubled, too_deep: true }
      open.push({})
    } else if (character === ',') finish(at)
    else if (character === '}' || character === ']') {
      finish(at)
      open.pop()
    } else if (character === '"') {
      const end = endOfString(text, at)
      const colon = afterBlanks(text, end)
      const inside = open.at(-1)
      // In JSON only a key has a colon after it.
      if (inside && text[colon] === ':') {
        const key = unescaped(text.slice(at, end))
        inside.key = key
        inside.keys ??= new Set()
        if (inside.keys.has(key) && (open.length === 1 || open[0]!.key !== foreign))
          doubled ??= open.map((each) => each.key ?? '[]').join('.')
        inside.keys.add(key)
        value = colon + 1
        at = colon
      } else at = end - 1
    }
  }
  return { texts, doubled, too_deep: false }
}

/** Where the string that begins at `at` has ended. */
function endOfString(text: string, at: number): number {
  let end = at + 1
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1
  return end + 1
}

function afterBlanks(text: string, at: number): number {
  let after = at
  while (' \t\r\n'.includes(text[after] ?? '?')) after++
  return after
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text.slice(1, -1)
  try {
    return JSON.parse(text) as string
  } catch {
    return text
  }
}
