/** Long work in slices, with the page free to answer between them. */

/** Milliseconds of work before the page has its turn: well below what a person notices. */
const slice = 10

/**
 * Each item's result, in order.
 * @param isStopped asked between slices; where it holds, what is left is not done
 * @returns null where it was stopped
 */
export async function inSlices<Item, Result>(
  items: readonly Item[],
  resultOf: (item: Item) => Result | Promise<Result>,
  isStopped: () => boolean = () => false,
): Promise<Result[] | null> {
  const results: Result[] = []
  let began = performance.now()
  for (const item of items) {
    // One after the other is what slices are for.
    // oxlint-disable-next-line no-await-in-loop
    results.push(await resultOf(item))
    if (performance.now() - began < slice) continue
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((go) => setTimeout(go))
    if (isStopped()) return null
    began = performance.now()
  }
  return results
}
