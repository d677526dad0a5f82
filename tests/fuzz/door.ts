/** What is fuzzed: a way by which input from outside comes in, and what must hold whatever comes. */
import type * as fc from 'fast-check'
import { findings, type Finding, type Share } from './findings.ts'

export interface Opening<Input> {
  name: string
  /** How many inputs a full run tries. */
  inputs: number
  input: fc.Arbitrary<Input>
  /** Throws where something does not hold. */
  check: (input: Input) => void | Promise<void>
  /** The input as it can be handed in again. */
  show: (input: Input) => string
  /** What the checks need, and its end. */
  open?: () => Promise<() => Promise<void>>
}

export interface Door {
  name: string
  inputs: number
  fuzz: (share: Share) => Promise<Finding[]>
}

/** Forgets what the inputs of a door are, so that doors of all kinds stand in one list. */
export const door = <Input>(opening: Opening<Input>): Door => ({
  name: opening.name,
  inputs: opening.inputs,
  async fuzz(share) {
    const close = await opening.open?.()
    try {
      return await findings(opening, share)
    } finally {
      await close?.()
    }
  },
})
