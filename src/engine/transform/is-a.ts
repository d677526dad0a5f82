/** Whether the block that is used has a trait: what transforms ask in place of its name. */
import { blocks, type Trait } from '../../formulas/index.ts'

export const isA = ({ block }: { block: string }, ...traits: readonly Trait[]): boolean =>
  traits.some((trait) => blocks[block]!.is === trait)
