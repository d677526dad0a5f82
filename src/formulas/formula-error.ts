/** A mistake in a formula file: where, what, and what to do. */
export class FormulaError extends Error {
  readonly file: string
  readonly path: string
  readonly problem: string

  constructor(file: string, path: string, problem: string) {
    super(`${file}${path === '' ? '' : ` › ${path}`}: ${problem}`)
    this.name = 'FormulaError'
    this.file = file
    this.path = path
    this.problem = problem
  }
}
