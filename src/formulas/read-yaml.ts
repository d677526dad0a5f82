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
  let body: unknown
  try {
    const document = parseDocument(text)
    const mistake = document.errors[0] ?? document.warnings[0]
    if (mistake) throw mistake
    body = document.toJS({ reviver: refusePrototype })
  } catch (error) {
    throw new FormulaError(file, '', `bad YAML: ${inWords(error as Error)}`, error)
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new FormulaError(
      file,
      '',
      'holds no keys; see formulas/README.md for what a formula file says',
    )
  return body as Record<string, unknown>
}

/** Records pass this key over in silence, as if nothing were said under it. */
function refusePrototype(key: unknown, value: unknown): unknown {
  if (key === '__proto__') throw new Error('__proto__ cannot be a key')
  return value
}

function inWords({ message }: Error): string {
  if (message.includes('call stack')) return 'it is nested too deeply'
  // The first line names the place; the others draw it. The parser's advice is for programs.
  return message
    .split('\n')[0]!
    .replace(/:$/, '')
    .replace(/; please use \S+/, '')
}
