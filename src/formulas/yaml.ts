/** Reads YAML, of which JSON is a part, for whoever may not know how. */
import { isScalar, LineCounter, parseDocument, visit, type Document, type YAMLError } from 'yaml'

/** Six times the longest formula file or architecture; the parser takes long texts of short items slowly. */
const longest = 64 * 1024

/** @throws Error that says where the text is no YAML, and what to write where that is a common slip */
export function parseYaml(text: string): unknown {
  if (text.length > longest)
    throw new Error(`it has ${text.length} characters, and ${longest} are the most`)
  const lineCounter = new LineCounter()
  const at = (place: number): string => {
    const { line, col } = lineCounter.linePos(place)
    return `at line ${line}, column ${col}`
  }
  try {
    const document = withoutStacks(() =>
      // What the parser would do for every mistake, and compare every key with every other, takes the square of the length.
      parseDocument(text, { prettyErrors: false, uniqueKeys: false, lineCounter }),
    )
    const mistake = document.errors[0] ?? document.warnings[0]
    if (mistake) throw new Error(inWords(mistake, text, at(mistake.pos[0])), { cause: mistake })
    refuseDoubled(document, at)
    return document.toJS({ reviver: refusePrototype })
  } catch (error) {
    const deep = (error as Error).message.includes('call stack')
    throw deep ? new Error('it is nested too deeply', { cause: error }) : error
  }
}

/** The parser makes an error of every mistake, of which there may be thousands; where each was made takes most of its time. */
function withoutStacks<Made>(make: () => Made): Made {
  // Not every engine has such a limit.
  const errors: ErrorConstructor & { stackTraceLimit?: number | undefined } = Error
  const { stackTraceLimit } = errors
  errors.stackTraceLimit = 0
  try {
    return make()
  } finally {
    errors.stackTraceLimit = stackTraceLimit
  }
}

function refuseDoubled(document: Document, at: (place: number) => string): void {
  visit(document, {
    Map(_, { items }) {
      const keys = new Set<string>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        const name = String(key.value)
        if (keys.has(name)) throw new Error(`the key ${name} stands twice ${at(key.range![0])}`)
        keys.add(name)
      }
    },
  })
}

/** Records pass this key over in silence, as if nothing were said under it. */
function refusePrototype(key: unknown, value: unknown): unknown {
  if (key === '__proto__') throw new Error('__proto__ cannot be a key')
  return value
}

/** The parser's words with the place; in the place of those that nobody understands who made a common slip, the remedy. */
function inWords({ code, message, pos }: YAMLError, text: string, place: string): string {
  const begin = text.lastIndexOf('\n', pos[0] - 1) + 1
  const [line = ''] = text.slice(begin, begin + 1000).split('\n', 1)
  if (/^ *\t/.test(line)) return `a tab indents the text ${place}; write blanks instead`
  if (code === 'BLOCK_AS_IMPLICIT_KEY')
    return / \?(?: |$)/.test(line)
      ? `a condition with ? and : stands ${place}; write if(condition, then, else) instead`
      : `a colon with a blank after it begins a second key ${place}; where it is text, put quotes around all of it, as in about: "Note: …"`
  // Its advice after that is for programs.
  return `${message.split('\n')[0]!.replace(/; please use \S+/, '')} ${place}`
}
