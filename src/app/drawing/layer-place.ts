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

/** Characters that there is room for. */
const most = 15

/** `layers 3–60`, `every 6th from 5`, `3 of every 4`, `2, 7, 13, 19 …`: a few words, for lack of room. */
export function layerPlace(layers: readonly number[]): string {
  const runs = runsOf(layers)
  const [first, second] = runs
  if (first === undefined) return 'no layer'
  if (second === undefined)
    return first[0] === first[1] ? `layer ${first[0]}` : `layers ${runText(first)}`
  const step = layers[1]! - layers[0]!
  const even = layers.every((layer, place) => layer === layers[0]! + place * step)
  if (even && layers.length > 2) return `every ${ordinal(step)} from ${first[0]}`
  return periodText(runs) ?? firstRuns(runs)
}

/** Runs of one length at equal distances from the start on, of which the last may be cut off. */
function periodText(runs: readonly Run[]): string | null {
  const [[start, end], [next]] = runs as [Run, Run]
  const period = next - start
  const isEven = runs.every(
    ([from, to], place) =>
      from === start + place * period &&
      (to - from === end - start || (place === runs.length - 1 && to - from < end - start)),
  )
  return isEven && runs.length > 2 && start < period
    ? `${end - start + 1} of every ${period}`
    : null
}

/** As many as there is room for. */
function firstRuns(runs: readonly Run[]): string {
  let text = ''
  for (const [place, run] of runs.entries()) {
    const more = (text && `${text}, `) + runText(run)
    const isLast = place === runs.length - 1
    if (more.length + (isLast ? 0 : 2) > most && place > 0) return `${text} …`
    text = more
  }
  return text
}

const runText = ([from, to]: Run): string => (from === to ? `${from}` : `${from}–${to}`)

const ordinal = (number: number): string => {
  const ending = { 1: 'st', 2: 'nd', 3: 'rd' }[number % 10]
  const isTeen = number % 100 > 10 && number % 100 < 20
  return `${number}${isTeen || ending === undefined ? 'th' : ending}`
}
