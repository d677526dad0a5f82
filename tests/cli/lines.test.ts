import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Line, linesOf } from '../../src/cli/lines.ts'

async function split(pieces: readonly string[], longest = 1000): Promise<Line[]> {
  async function* input(): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) yield Buffer.from(piece, 'latin1')
  }
  const lines: Line[] = []
  for await (const some of linesOf(input(), longest)) lines.push(...some)
  return lines
}

const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

test('lines are the same however the input is cut into pieces', async () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'é', '文', '{', '"', ' ') })
  await fc.assert(
    fc.asyncProperty(
      fc.array(line),
      fc.array(fc.nat(40)),
      fc.boolean(),
      async (lines, cuts, ended) => {
        const bytes = latin1(lines.join('\n') + (ended ? '\n' : ''))
        const pieces: string[] = []
        let rest = bytes
        for (const cut of cuts) {
          pieces.push(rest.slice(0, cut))
          rest = rest.slice(cut)
        }
        const found = await split([...pieces, rest])
        expect(found).toEqual(lines.filter((each) => each.trim() !== '').map((text) => ({ text })))
      },
    ),
  )
})

test('a line that is too long is refused, and the next is whole', async () => {
  expect(await split(['short\n', 'x'.repeat(600), 'x'.repeat(600), '\nnext\n'])).toEqual([
    { text: 'short' },
    { mistake: expect.stringContaining('the line is longer than') },
    { text: 'next' },
  ])
})

test('Windows line ends and a missing last one do no harm', async () => {
  expect(await split(['a\r\n\r\nb'])).toEqual([{ text: 'a\r' }, { text: 'b' }])
})

test('a long line in pieces of a byte takes no more memory than in one', async () => {
  const before = process.memoryUsage()
  async function* input(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < 1_000_000; at++) yield Buffer.from('x')
  }
  const lines: Line[] = []
  for await (const some of linesOf(input(), 2_000_000)) lines.push(...some)
  expect(lines).toEqual([{ text: 'x'.repeat(1_000_000) }])
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  expect(heapUsed + arrayBuffers - before.heapUsed - before.arrayBuffers).toBeLessThan(50_000_000)
})

test('bytes that are not UTF-8 are refused with the first of them, however they are cut', async () => {
  for (const [text, at, byte] of [
    ['ab\xffc', 3, '0xff'],
    ['\xef\xbf\xbd\xc3', 4, '0xc3'],
    ['\xc3\xa9\xed\xa0\x80', 3, '0xed'],
  ] as const)
    for (const cut of [0, 1, 2, 3])
      expect(await split([text.slice(0, cut), text.slice(cut)])).toEqual([
        { mistake: `the line is not UTF-8: byte ${at} is ${byte}` },
      ])
})
