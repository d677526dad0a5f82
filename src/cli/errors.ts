/** Errors of the command line itself; those of the engine are ArchcostErrors. */

/** The command was written wrongly: exit status 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** The command was right and cannot be carried out: exit status 1. */
export class CommandError extends Error {
  override name = 'CommandError'
}
