/** Reads costs by the names of totals; apart from the list of them, which the page loads later. */

/** The value of a total in a cost; null where it does not apply to a model, as a cache to an encoder. */
export function readCost(cost: object, name: string): number | null {
  let found: unknown = cost
  for (const step of name.split('.')) found = (found as Record<string, unknown> | null)?.[step]
  return typeof found === 'number' ? found : null
}
