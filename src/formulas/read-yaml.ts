/** Reads the YAML of a formula file; what is wrong with it becomes a FormulaError. */
import { FormulaError } from './formula-error.ts'
import { parseYaml } from './yaml.ts'

export interface TextFile {
  /** Relative to the project, such as `formulas/mixers/attention.yaml`. */
  file: string
  text: string
}

/** @throws FormulaError on bad YAML, and where the file is no map of keys */
export function readYaml({ file, text }: TextFile): Record<string, unknown> {
  let body: unknown
  try {
    body = parseYaml(text)
  } catch (error) {
    throw new FormulaError(file, '', `bad YAML: ${(error as Error).message}`, error)
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new FormulaError(
      file,
      '',
      'holds no keys; see formulas/README.md for what a formula file says',
    )
  return body as Record<string, unknown>
}
