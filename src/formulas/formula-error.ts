/** A mistake in a formula file: where, what, and what to do. */
import { bounded } from './show.ts'

export class FormulaError extends Error {
  readonly file: string
  readonly path: string
  readonly problem: string

  constructor(file: string, path: string, problem: string, cause?: unknown) {
    super(bounded(`${file}${path === '' ? '' : ` › ${path}`}: ${problem}`), { cause })
    this.name = 'FormulaError'
    this.file = file
    this.path = path
    this.problem = problem
  }
}

/** Does some work on a file, and says of what goes wrong where it stands. */
export type At = <T>(path: string, work: () => T) => T

/** @returns a function that runs work and turns its error into a FormulaError of the file */
export const within =
  (file: string): At =>
  (path, work) => {
    try {
      return work()
    } catch (error) {
      // The innermost place is the most exact.
      if (error instanceof FormulaError) throw error
      throw new FormulaError(file, path, (error as Error).message, error)
    }
  }
