/** Errors of the command line itself; those of the engine are ArchcostErrors. */
import { bounded } from '../formulas/show.ts'

/** The command was written wrongly: exit status 2. */
export class UsageError extends Error {
  override name = 'UsageError'

  constructor(message: string) {
    super(bounded(message))
  }
}

/** The command was right and cannot be carried out: exit status 1. */
export class CommandError extends Error {
  override name = 'CommandError'

  constructor(message: string) {
    super(bounded(message))
  }
}

/** What reads standard output wants no more of it, as `head` does: nothing is to be said, and the exit status is 141. */
export class ReaderEnded extends Error {
  override name = 'ReaderEnded'
}
