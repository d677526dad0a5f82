/** What a block says that it is: a trait of the contract, whose settings and quantities the block has. */
import type { Contract } from './mechanism.ts'
import { didYouMean } from './nearest.ts'

/** @throws Error on a trait that the contract lacks, and on the first name that the block lacks for it */
export function checkTrait(
  is: string,
  own: readonly { name: string }[],
  { traits }: Pick<Contract, 'traits'>,
): void {
  const trait = traits[is]
  const known = Object.keys(traits)
  if (trait === undefined)
    throw new Error(`${is} is none of ${known.join(', ')}${didYouMean(is, known)}`)
  const { has, tells = [] } = trait
  const all = [...has, ...tells]
  const missing = all.find((wanted) => !own.some(({ name }) => name === wanted))
  if (missing !== undefined)
    throw new Error(
      `says ${is} and has no ${missing}; what is ${is} has the settings or quantities ${all.join(', ')}`,
    )
}
