/** What is wrong with the setting at an address, to be said at its field. */
import type { Slot } from '../models/slot.ts'

export const problemAt = ({ problem }: Slot, address: string): string | undefined =>
  problem?.path === address ? problem.message.replace(`${address}: `, '') : undefined
