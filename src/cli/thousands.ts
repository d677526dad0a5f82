/** `128k` is 128,000 here, and 131,072 where a model's card says it: worth a word, once. */
import { formatExact } from '../engine/numbers.ts'
import { parseQuantity } from '../engine/read-number.ts'

/** A round number of powers of two with a decimal suffix, as a context. */
const ambiguous =
  /^(?:.*\b(?:context|cached|source)=|.* at )?((?:[1248]|16|32|64|128|256|512)([kM]))\b/

const options = new Set(['--context', '--cached', '--source'])

/**
 * @param words those after the command's name
 * @returns a line for the first context that is said in thousands and may be meant in 1,024s; null where none is
 */
export function thousandsNote(words: readonly string[]): string | null {
  for (const [index, word] of words.entries()) {
    const [option = '', inline] = word.split(/=(.*)/s, 2)
    const isValue = options.has(words[index - 1] ?? '')
    const text = options.has(option) && inline !== undefined ? inline : word
    const [found = '', said, suffix] = ambiguous.exec(text) ?? []
    if (said === undefined || suffix === undefined) continue
    // A number alone is a context only where an option says so.
    if (found === said && !isValue && text === word) continue
    const binary = `${said.slice(0, -1)}${suffix.toUpperCase()}i`
    return `Note: ${said} is ${formatExact(parseQuantity(said).value)}; ${binary} is ${formatExact(parseQuantity(binary).value)}.\n`
  }
  return null
}
