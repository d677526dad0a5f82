/** Reads and replaces one place of a document. Documents are never changed: a new one shares all that stays. */

/** Keys and indices from the document's root. */
export type Path = readonly (string | number)[]

/** What stands at a path; undefined where nothing does. A norm or position said by its name alone has no settings. */
export function readAt(node: unknown, path: Path): unknown {
  let found = node
  for (const step of path) {
    if (typeof found !== 'object' || found === null) return undefined
    found = (found as Record<string | number, unknown>)[step]
  }
  return found
}

/** The document with another value at a path; undefined takes the key away. */
export function replaceAt<Node>(node: Node, path: Path, value: unknown): Node {
  return replaceFrom(node, path, 0, value) as Node
}

function replaceFrom(node: unknown, path: Path, depth: number, value: unknown): unknown {
  if (depth === path.length) return value
  const step = path[depth]!
  if (Array.isArray(node))
    return node.with(step as number, replaceFrom(node[step as number], path, depth + 1, value))
  // A norm or position said by its name alone becomes an object once a setting of it is given.
  const holder = (typeof node === 'string' ? { block: node } : node) as Record<string, unknown>
  const changed = replaceFrom(holder[step], path, depth + 1, value)
  if (changed !== undefined) return { ...holder, [step]: changed }
  return Object.fromEntries(Object.entries(holder).filter(([key]) => key !== step))
}

export const startsWith = (path: Path, start: Path): boolean =>
  start.every((step, place) => path[place] === step)

export const samePath = (a: Path, b: Path): boolean => a.length === b.length && startsWith(a, b)
