/** Times several ways of doing one thing side by side, in turns, so that a busy machine disturbs all of them alike. */

export interface Way {
  name: string
  /** Called with 0, 1, 2, …, so that no call can be answered by the one before. */
  run: (turn: number) => unknown
}

export interface Timing {
  name: string
  /** Nanoseconds of one call, the median over rounds. */
  time: number
  /** The median over rounds of its time over that of the first way in the same round. */
  ratio: number
}

const rounds = 41
const roundMs = 20
/** Until then an engine has compiled all that is called often, on a busy machine as well. */
const warmUpMs = 1500

/** @returns a timing for each way, compared with the first */
export function measure(ways: readonly Way[]): Timing[] {
  const calls = ways.map(calibrate)
  const times = ways.map((): number[] => [])
  for (let round = 0; round < rounds; round++)
    for (const [place, way] of ways.entries()) times[place]!.push(timeOf(way, calls[place]!))
  return ways.map(({ name }, place) => ({
    name,
    time: median(times[place]!),
    ratio: median(times[place]!.map((time, round) => time / times[0]![round]!)),
  }))
}

// What is computed ends up here, so that no compiler can leave it out.
const sink: { kept: unknown } = { kept: undefined }

/** Nanoseconds of one call. */
function timeOf({ run }: Way, calls: number): number {
  const start = process.hrtime.bigint()
  for (let turn = 0; turn < calls; turn++) sink.kept = run(turn)
  return Number(process.hrtime.bigint() - start) / calls
}

/** Warms up, and finds how many calls fill a round. */
function calibrate(way: Way): number {
  const start = performance.now()
  while (performance.now() - start < warmUpMs) timeOf(way, 1)
  let calls = 1
  while (timeOf(way, calls) * calls < roundMs * 1e6) calls *= 2
  return calls
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}
