/** How much of a block's parts one rank holds. */
import type { PlacedBlock } from '../../architecture/model.ts'
import { ranks } from '../../formulas/generated/ranks.ts'
import type { RankFormulas, Shares } from '../../formulas/runtime.ts'
import { refuse, type Parallel } from './parallel.ts'

export type { Shares }

/** What a rank holds of a block, and does. */
export const rankFormulas = ({ formulas }: PlacedBlock): RankFormulas => ranks[formulas.name]!

/** Whether a block has experts to share out. */
export const isCutInExperts = (block: PlacedBlock): boolean =>
  rankFormulas(block).cuts.some(({ word }) => word === 'experts')

const whole = { held: 1, of: 1 }

export type CutWord = Exclude<keyof Shares, 'none'>

/** How many different pieces there are, side by side on ranks, of what is cut by a word. */
export function piecesOf(word: CutWord, shares: Shares, { tp, ep, etp }: Parallel): number {
  if (word === 'experts') return ep * etp
  // Heads that are fewer than ranks stand on several of them.
  if (word === 'kv_heads') return shares.kv_heads.of / shares.kv_heads.held
  return tp
}

/** All of everything. */
export const uncut: Shares = {
  heads: whole, kv_heads: whole, width: whole, experts: whole, vocabulary: whole, none: whole,
} // prettier-ignore

/**
 * The shares of the fullest rank of a stage.
 * @throws ArchcostError `invalid_deployment` where a block cannot be cut so
 */
export function sharesOf(block: PlacedBlock, parallel: Parallel): Shares {
  const { tp, ep, etp } = parallel
  const shares = { ...uncut }
  for (const { word, count, text } of rankFormulas(block).cuts) {
    const all = count(block.settings)
    const said = text === String(all) ? text : `${text} (${all})`
    const mustDivide = (name: 'tp' | 'etp'): void => {
      if (all % parallel[name] !== 0)
        refuse(name, `${parallel[name]} does not divide ${said} of ${block.address}`)
    }
    switch (word) {
      case 'heads':
      case 'width':
        mustDivide('tp')
        shares[word] = { held: 1, of: tp }
        break
      case 'kv_heads':
        if (all % tp !== 0 && tp % all !== 0)
          refuse('tp', `neither divides ${said} of ${block.address} nor is divided by it: ${tp}`)
        shares.kv_heads = { held: Math.ceil(all / tp), of: all }
        break
      case 'vocabulary':
        shares.vocabulary = { held: Math.ceil(all / tp), of: all }
        break
      case 'experts':
        shares.experts = { held: Math.ceil(all / ep), of: all * etp }
        break
      case 'expert_width':
        mustDivide('etp')
    }
  }
  return shares
}
