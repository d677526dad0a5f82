/** Orders definitions so that each needs only those before it, and shows the cycle where that cannot be. */

/**
 * @param names what is to be ordered
 * @param needs the names that a definition reads; undefined for a name that is no definition, which is passed over
 * @returns the names, after all that they need
 * @throws Error that shows the cycle as `a → b → a`
 */
export function inOrder(
  names: Iterable<string>,
  needs: (name: string) => readonly string[] | undefined,
): string[] {
  const done = new Set<string>()
  const path: string[] = []
  const visit = (name: string): void => {
    const needed = needs(name)
    if (done.has(name) || needed === undefined) return
    const start = path.indexOf(name)
    if (start >= 0)
      throw new Error(
        `${name} is defined by itself: ${[...path.slice(start), name].join(' → ')}; break the cycle`,
      )
    path.push(name)
    needed.forEach(visit)
    path.pop()
    done.add(name)
  }
  for (const name of names) visit(name)
  return [...done]
}
