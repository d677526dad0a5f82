/** Makes blocks of formula files known that came while the program runs: to documents, to what asks backwards, and to explanations. */
import type { OwnBlock } from './own-block.ts'
import { explanations } from './generated/explanations.ts'
import { blocks } from './index.ts'
import { know } from './registry.ts'

/** Each in the place of the one with its name, for as long as the program runs. */
export function learn(own: readonly OwnBlock[]): void {
  for (const { formulas, explanation } of own) {
    Object.assign(blocks, { [formulas.name]: formulas })
    Object.assign(explanations, { [formulas.name]: explanation })
    know({ [formulas.name]: formulas })
  }
}
