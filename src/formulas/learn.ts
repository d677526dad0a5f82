/** Makes blocks of formula files known that came while the program runs: to documents, to what asks backwards, to deployments and to explanations. */
import type { OwnBlock } from './own-block.ts'
import { explanations } from './generated/explanations.ts'
import { ranks } from './generated/ranks.ts'
import { blocks } from './index.ts'
import { know } from './registry.ts'

/** Each in the place of the one with its name, for as long as the program runs. */
export function learn(own: readonly OwnBlock[]): void {
  for (const { formulas, explanation, rank } of own) {
    Object.assign(blocks, { [formulas.name]: formulas })
    Object.assign(explanations, { [formulas.name]: explanation })
    Object.assign(ranks, { [formulas.name]: rank })
    know({ [formulas.name]: formulas })
  }
}
