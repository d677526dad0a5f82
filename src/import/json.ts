/** Reads JSON as the field's files hold it: with the NaN, Infinity and -Infinity that Python's json module writes. */

export type ReadJson = { value: unknown } | { mistake: JsonMistake }

/** Where a text stops being JSON, counted from 1, and what stands there. */
export interface JsonMistake {
  line: number
  column: number
  text: string
}

/** Far beyond any config.json; keeps the reader's own recursion within bounds. */
const deepest = 1000

/** The value of a text, in one pass, or its first mistake. A byte order mark before it is passed over. */
export function readJson(text: string): ReadJson {
  const json = text.charCodeAt(0) === 0xfe_ff ? text.slice(1) : text
  try {
    return { value: JSON.parse(json) as unknown }
  } catch {
    // Only what a strict reader refuses is read here.
    return new Scanner(json).read()
  }
}

/** The values of a text that holds one after the other, or its first mistake. */
export const readJsonValues = (text: string): { values: unknown[] } | { mistake: JsonMistake } =>
  new Scanner(text.replace(/^\uFEFF/, '')).readAll()

/** `line 3, column 5: ...`, as an editor finds it. */
export const describeMistake = ({ line, column, text }: JsonMistake): string =>
  `line ${line}, column ${column}: ${text}`

/** Words that stand for a value; the last three are Python's. */
const words: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const wordCharacter = /[\w$.+-]/

class Mistake extends Error {}

class Scanner {
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  read(): ReadJson {
    return this.#attempt(() => {
      const value = this.#value()
      this.#blanks()
      if (this.#at < this.#text.length) this.#fail('nothing more')
      return { value }
    })
  }

  readAll(): { values: unknown[] } | { mistake: JsonMistake } {
    return this.#attempt(() => {
      const values: unknown[] = []
      do {
        values.push(this.#value())
        this.#blanks()
      } while (this.#at < this.#text.length)
      return { values }
    })
  }

  #attempt<Read>(read: () => Read): Read | { mistake: JsonMistake } {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof Mistake)) throw error
      const before = this.#text.slice(0, this.#at)
      const line = before.split('\n').length
      const column = this.#at - before.lastIndexOf('\n')
      return { mistake: { line, column, text: error.message } }
    }
  }

  #value(): unknown {
    this.#blanks()
    const first = this.#text[this.#at]
    if (first === '{') return Object.fromEntries(this.#items('}', () => this.#member()))
    if (first === '[') return this.#items(']', () => this.#value())
    if (first === '"') return this.#string()
    for (const [word, value] of words)
      if (this.#text.startsWith(word, this.#at) && this.#endsAt(this.#at + word.length)) {
        this.#at += word.length
        return value
      }
    number.lastIndex = this.#at
    const digits = number.exec(this.#text)?.[0]
    if (digits === undefined || !this.#endsAt(this.#at + digits.length)) this.#fail('a value')
    this.#at += digits.length
    return Number(digits)
  }

  #member(): [string, unknown] {
    this.#blanks()
    if (this.#text[this.#at] !== '"') this.#fail('a key in double quotes')
    const key = this.#string()
    this.#blanks()
    if (this.#text[this.#at] !== ':') this.#fail('":"')
    this.#at += 1
    return [key, this.#value()]
  }

  /** What stands between brackets, separated by commas. */
  #items<Item>(close: string, item: () => Item): Item[] {
    this.#depth += 1
    if (this.#depth > deepest) throw new Mistake(`is nested deeper than ${deepest} levels`)
    this.#at += 1
    const items: Item[] = []
    this.#blanks()
    if (this.#text[this.#at] !== close) {
      for (;;) {
        items.push(item())
        this.#blanks()
        if (this.#text[this.#at] !== ',') break
        this.#at += 1
      }
      if (this.#text[this.#at] !== close) this.#fail(`"," or "${close}"`)
    }
    this.#at += 1
    this.#depth -= 1
    return items
  }

  #string(): string {
    const start = this.#at
    this.#at += 1
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (Number.isNaN(code)) this.#fail('a closing quote')
      if (code < 32) this.#fail('an escape such as \\n instead of a control character')
      if (code === 34) break
      if (code === 92) this.#escape()
      else this.#at += 1
    }
    this.#at += 1
    return JSON.parse(this.#text.slice(start, this.#at)) as string
  }

  #escape(): void {
    const marker = this.#text[this.#at + 1] ?? ''
    const length = marker === 'u' ? 6 : 2
    const known =
      marker === 'u'
        ? /^[\da-fA-F]{4}$/.test(this.#text.slice(this.#at + 2, this.#at + 6))
        : /^["\\/bfnrt]$/.test(marker)
    if (!known) throw new Mistake('is a backslash that escapes nothing; write \\\\ for itself')
    this.#at += length
  }

  #blanks(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? '?')) this.#at += 1
  }

  #endsAt(at: number): boolean {
    return !wordCharacter.test(this.#text[at] ?? '')
  }

  #fail(expected: string): never {
    const here = this.#text.codePointAt(this.#at)
    const found = here === undefined ? 'the text ends' : `${quoted(here)} stands`
    throw new Mistake(`${found} here; ${expected} is expected`)
  }
}

/** A character as it is, or by its number where it cannot be seen. */
const quoted = (code: number): string => {
  const character = String.fromCodePoint(code)
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character)
    ? character === '"'
      ? `'"'`
      : `"${character}"`
    : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
