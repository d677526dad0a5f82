/** Orders definitions so that each needs only those before it, and shows the cycle where that cannot be. */

/**
 * @param names what is to be ordered
 * @param needs the names a definition reads; others than `names` are passed over
 * @throws Error that shows the cycle as `a → b → a`
 */
export function inOrder(names: readonly string[], needs: (name: string) => Iterable<string>): string[] {
  const wanted = new Set(names)
  const done = new Set<string>()
  const path: string[] = []
  const visit = (name: string): void => {
    if (done.has(name) || !wanted.has(name)) return
    const start = path.indexOf(name)
    if (start >= 0) throw new Error(`is defined by itself: ${[...path.slice(start), name].join(' → ')}; break the cycle`)
    path.push(name)
    for (const need of needs(name)) visit(need)
    path.pop()
    done.add(name)
  }
  names.forEach(visit)
  return [...done]
}
