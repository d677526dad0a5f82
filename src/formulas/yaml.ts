/** Reads YAML, of which JSON is a part, for whoever may not know how. */
import { parseDocument } from 'yaml'

/** @throws Error that says where the text is no YAML */
export function parseYaml(text: string): unknown {
  try {
    const document = parseDocument(text)
    const mistake = document.errors[0] ?? document.warnings[0]
    if (mistake) throw mistake
    return document.toJS({ reviver: refusePrototype })
  } catch (error) {
    throw new Error(inWords(error as Error), { cause: error })
  }
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
