/** Where in a stack the layers of a band stand: a bar code and a few words. */

/** First and last layer of a run without gaps. */
export type Run = readonly [from: number, to: number]

/** @param layers in ascending order */
export function runsOf(layers: readonly number[]): Run[] {
  const runs: [number, number][] = []
  for (const layer of layers) {
    const last = runs.at(-1)
    if (last && layer === last[1] + 1) last[1] = layer
    else runs.push([layer, layer])
  }
  return runs
}

/** `layers 3–60`, `every 6th from 5`, `0–2, 4–6 …`: one of a few words, for lack of room. */
export function layerPlace(layers: readonly number[]): string {
  const runs = runsOf(layers)
  const [first, second] = runs
  if (first === undefined) return 'no layer'
  if (second === undefined)
    return first[0] === first[1] ? `layer ${first[0]}` : `layers ${runText(first)}`
  const step = layers[1]! - layers[0]!
  const even = layers.every((layer, place) => layer === layers[0]! + place * step)
  if (even && layers.length > 2) return `every ${ordinal(step)} from ${first[0]}`
  return `${runText(first)}, ${runText(second)}${runs.length > 2 ? ' …' : ''}`
}

const runText = ([from, to]: Run): string => (from === to ? `${from}` : `${from}–${to}`)

const ordinal = (number: number): string => {
  const ending = { 1: 'st', 2: 'nd', 3: 'rd' }[number % 10]
  const isTeen = number % 100 > 10 && number % 100 < 20
  return `${number}${isTeen || ending === undefined ? 'th' : ending}`
}
