/** Errors that a person can mend: where, what, and what to do. */

import { bounded } from '../formulas/show.ts'

export type ErrorCode =
  | 'invalid_json'
  | 'invalid_config'
  | 'invalid_architecture'
  | 'invalid_workload'
  | 'invalid_deployment'
  | 'unsupported'

export class ArchcostError extends Error {
  readonly code: ErrorCode
  /** The key or address it is about. */
  readonly path: string | undefined

  constructor(code: ErrorCode, message: string, path?: string) {
    super(bounded(path === undefined ? message : `${path}: ${message}`))
    this.name = 'ArchcostError'
    this.code = code
    this.path = path
  }
}

/** What `make` makes, or the ArchcostError that it throws. */
export function attempt<Made>(make: () => Made): Made | ArchcostError {
  try {
    return make()
  } catch (error) {
    if (error instanceof ArchcostError) return error
    throw error
  }
}
