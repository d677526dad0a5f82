/** What a rank holds, part by part: what each is cut by, and on how many ranks the same bytes stand. */
import { formatRoles } from '../../architecture/formats.ts'
import { classes } from '../../formulas/index.ts'
import { bytesOfWeights } from '../../architecture/weight-bytes.ts'
import { cacheLayers, partsOf } from './cache-layers.ts'
import type { CompleteDeployment } from './complete.ts'
import type { Parallel } from './parallel.ts'
import { weigh, weightsByRole, type Held, type Stage } from './rank.ts'
import type { Room } from './room.ts'
import { piecesOf, type CutWord, type Shares } from './shares.ts'

export interface RankPart {
  of: 'weights' | 'cache'
  /** A role of weights, or what a part of the cache holds; `runtime` for weights that a runtime adds. */
  name: string
  /** What it is cut by over ranks; null where it is whole. */
  cut_by: CutWord | null
  /**
   * On how many ranks the same bytes stand, of those that share one copy of the model or serve the same sequences: more
   * than one is replicated. Null where nothing says it.
   */
  copies: number | null
  bytes: number
}

/** Parts that are cut by the same and stand on as many ranks. */
interface Cut {
  word: CutWord | null
  /** How many different ones there are, beside each other. */
  pieces: number
}
const whole: Cut = { word: null, pieces: 1 }

/** The parts of the weights and of the cache of a rank, the latter as the runtime holds it; those of nothing are left out. */
export const rankParts = (room: Room, deployed: CompleteDeployment): readonly RankPart[] =>
  [...weightParts(room, deployed), ...cacheParts(room, deployed)].filter(({ bytes }) => bytes > 0)

function weightParts(
  { state: { stage, model }, weights, weights_stored }: Room,
  { parallel, workload }: CompleteDeployment,
): RankPart[] {
  const { tp, cp, dp } = parallel
  const ranks = tp * cp * (isSpread(parallel) ? dp : 1)
  const bytes = bytesOfWeights(model, workload.weights)
  const parts = eachCut(stage, parallel, (part) => weightsByRole(weigh(part), bytes)).flatMap(
    ({ word, pieces, amounts }) =>
      amounts.map((amount, role): RankPart => ({
        of: 'weights', name: formatRoles[role]!, cut_by: word, copies: ranks / pieces, bytes: amount,
      })),
  ) // prettier-ignore
  const added = weights - weights_stored
  if (added >= 0)
    return [...parts, { of: 'weights', name: 'runtime', cut_by: null, copies: null, bytes: added }]
  // What a runtime keeps elsewhere is the table of tokens.
  const tables = parts.filter(({ name }) => name === 'embedding')
  const all = tables.reduce((sum, part) => sum + part.bytes, 0)
  for (const table of tables) table.bytes += (added * table.bytes) / all
  return parts
}

/** Whether experts are spread over copies of the rest, so that these make up one model. */
const isSpread = ({ tp, ep, etp, dp_attention }: Parallel): boolean =>
  dp_attention || tp % (ep * etp) !== 0

function cacheParts(
  { state: { stage, model, layers }, parts: held, context }: Room,
  { parallel, workload, cache: { formats } }: CompleteDeployment,
): RankPart[] {
  const { tp, cp } = parallel
  const all = partsOf(layers, context, cp)
  const names = classes.holds.filter((name) => all[name] > 0)
  if (names.length === 0) return []
  return (['growing', 'standing'] as const).flatMap((kind) => {
    const amountsOf = (part: Stage): number[] => {
      const some = cacheLayers(part, model, workload, formats).map((each) => ({
        ...each,
        grows: new Set([...each.grows].filter((grows) => (grows === 'growing') === (kind === 'growing'))),
      })) // prettier-ignore
      const parts = partsOf(some, context, cp)
      return names.map((name) => parts[name])
    }
    // Tokens of what grows are shared out over the ranks of context parallelism; the rest stands on each.
    const ranks = kind === 'growing' ? tp : tp * cp
    return eachCut(stage, parallel, amountsOf).flatMap(({ word, pieces, amounts }) =>
      amounts.map((amount, place): RankPart => {
        const name: Held = names[place]!
        const bytes = (held[name] * amount) / all[name]
        return { of: 'cache', name, cut_by: word, copies: ranks / pieces, bytes }
      }),
    )
  })
}

/** What each cut of a stage amounts to: measured with all others taken away, less what is cut by nothing. */
function eachCut(
  stage: Stage,
  parallel: Parallel,
  measure: (part: Stage) => number[],
): (Cut & { amounts: number[] })[] {
  const uncut = measure(only(whole, stage, parallel))
  const cuts = cutsOf(stage, parallel).map((cut) => ({
    ...cut,
    amounts: measure(only(cut, stage, parallel)).map((amount, place) => amount - uncut[place]!),
  }))
  return [{ ...whole, amounts: uncut }, ...cuts]
}

const words = classes.cut.filter((word) => word !== 'none')

function cutsOf({ blocks, towers }: Stage, parallel: Parallel): Cut[] {
  const cuts = new Map<string, Cut>()
  for (const { shares } of [...blocks, ...towers])
    for (const word of words) {
      const pieces = piecesOf(word, shares, parallel)
      cuts.set(`${word} ${pieces}`, { word, pieces })
    }
  return [...cuts.values()]
}

const nothing = { held: 0, of: 1 }

/** A stage that holds nothing of what is cut otherwise. */
const only = ({ word: kept, pieces }: Cut, stage: Stage, parallel: Parallel): Stage => {
  const less = <Each extends { shares: Shares }>(each: Each): Each => {
    const shares = { ...each.shares }
    for (const word of words)
      if (word !== kept || piecesOf(word, shares, parallel) !== pieces) shares[word] = nothing
    return { ...each, shares }
  }
  return { ...stage, blocks: stage.blocks.map(less), towers: stage.towers.map(less) }
}
