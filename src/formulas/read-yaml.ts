/** Reads YAML; what is wrong with it becomes a FormulaError. */
import { parseDocument } from 'yaml'
import { FormulaError } from './formula-error.ts'

export interface TextFile {
  /** Relative to the project, such as `formulas/mixers/attention.yaml`. */
  file: string
  text: string
}

/** @throws FormulaError on bad YAML, and where the file is no map of keys */
export function readYaml({ file, text }: TextFile): Record<string, unknown> {
  const fail = (problem: string): never => {
    throw new FormulaError(file, '', problem)
  }
  let body: unknown
  try {
    const document = parseDocument(text)
    const mistake = document.errors[0] ?? document.warnings[0]
    // The first line names the place; the others draw it.
    if (mistake) return fail(`bad YAML: ${mistake.message.split('\n')[0]!.replace(/:$/, '')}`)
    body = document.toJS()
  } catch (error) {
    if (error instanceof FormulaError) throw error
    // Aliases that grow without bound, or a nesting that overflows the stack.
    return fail(`bad YAML: ${(error as Error).message}`)
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return fail('holds no keys; see formulas/README.md for what a formula file says')
  return body as Record<string, unknown>
}
