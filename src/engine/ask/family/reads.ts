/** What formulas read of what they are given. They take all they read at once, so that one call tells. */
export function noteReads<Of extends object>(of: Of): { noted: Of; reads: ReadonlySet<string> } {
  const reads = new Set<string>()
  const noted = new Proxy(of, {
    get(target, name) {
      reads.add(String(name))
      return Reflect.get(target, name) as unknown
    },
  })
  return { noted, reads }
}
