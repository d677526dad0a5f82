/** Changes of texts, told as data so that a list of them that breaks something can be made shorter. */
import * as fc from 'fast-check'

/** In place of so many letters from a place on, counted round, stands another text so many times. */
export interface TextChange {
  at: number
  letters: number
  to: string
  times: number
}

const odd = [
  ...Array.from('\t\n\r\0\uFEFF\u202E\u200B\uD800é𝟛"\'\\{}[]():,;#&*!|>%@`~-+./0e'),
  ...' 1e999 -1 00 0x10 NaN Infinity null true %00 %FF .. 👩‍👩‍👧'.split(' '),
]

/** @param words texts that mean something behind the door */
export function textChanges(words: readonly string[] = []): fc.Arbitrary<readonly TextChange[]> {
  const text = fc.oneof(
    fc.constantFrom(...odd),
    ...(words.length === 0 ? [] : [fc.constantFrom(...words)]),
    fc.string({ unit: 'binary', maxLength: 6 }),
  )
  const change = fc.record({
    at: fc.nat(100_000),
    letters: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(200)),
    to: text,
    times: fc.oneof(
      { weight: 8, arbitrary: fc.constant(1) },
      { weight: 1, arbitrary: fc.constantFrom(2, 100, 50_000) },
    ),
  })
  return fc.array(change, { maxLength: 4, size: 'max' })
}

export const changedText = (text: string, steps: readonly TextChange[]): string =>
  steps.reduce((now, { at, letters, to, times }) => {
    const place = at % (now.length + 1)
    return now.slice(0, place) + to.repeat(times) + now.slice(place + letters)
  }, text)
