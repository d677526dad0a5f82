/** What a rank holds, as the segments of its bar. */
import type { RankPart } from '../../engine/deploy/rank-parts.ts'
import type { StageRank } from '../../engine/deploy/stage-ranks.ts'

export interface Segment {
  look: 'weights' | 'cache' | 'working'
  /** Other ranks hold the same bytes too, so that more of them do not help. */
  isReplicated: boolean
  words: string
  bytes: number
  /** As many equal cells it is drawn in. */
  cells: number
}

/** Beyond this many, cells would be lines. */
const mostCells = 48

/** In the order in which they stand, those of nothing left out. */
export function segmentsOf(rank: StageRank, context: string): Segment[] {
  const { parts, sequences, working, reserve } = rank
  const bytesOf = (of: RankPart['of'], isReplicated: boolean): number =>
    parts
      .filter((part) => part.of === of && (part.copies ?? 1) > 1 === isReplicated)
      .reduce((sum, { bytes }) => sum + bytes, 0)
  const words = {
    weights: 'weights',
    cache: `${sequences === 1 ? 'a sequence' : `${sequences} sequences`} of ${context} tokens`,
  }
  const held = (['weights', 'cache'] as const).flatMap((look) =>
    [false, true].map((isReplicated): Segment => ({
      look,
      isReplicated,
      words: `${words[look]}${isReplicated ? ', the same on other ranks' : ''}`,
      bytes: bytesOf(look, isReplicated),
      cells: look === 'cache' && sequences <= mostCells ? sequences : 1,
    })),
  )
  const beside: Segment = { look: 'working', isReplicated: false, words: 'runtime and working memory', bytes: working + reserve, cells: 1 } // prettier-ignore
  return [...held, beside].filter(({ bytes }) => bytes > 0)
}
