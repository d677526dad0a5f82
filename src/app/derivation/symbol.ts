/** `d_kv` is d with the index kv; `n_heads` and other names stay as they are. */
export function symbolParts(text: string): { letter: string | null; index: string | null } {
  const match = /^(\p{L})(?:_(\w{1,8}))?$/u.exec(text)
  return { letter: match?.[1] ?? null, index: match?.[2] ?? null }
}
