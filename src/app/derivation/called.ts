/** What a step is called in the equation above it. */
import type { Derivation } from '../../engine/index.ts'
import { questions } from '../../formulas/explanations.ts'

const asked = new Set<string>(questions.map(({ label }) => label))

/** A symbol, a plain name, or the words of a part or a block: `Gated feed-forward network`, `embedding`, `Query`. */
export function calledIn({ symbol, name, label, address }: Derivation): string {
  if (symbol !== undefined) return symbol
  if (name !== undefined && /^\w+$/.test(name)) return name
  const [whole = '', part] = label.split(': ', 2)
  return (part === undefined || asked.has(part) ? whole : part) || address
}
