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
        expect(found).toEqual(lines.filter((each) => each.trim() !== ''))
      },
    ),
  )
})

test('a line that is too long becomes null, and the next is whole', async () => {
  expect(await split(['short\n', 'x'.repeat(600), 'x'.repeat(600), '\nnext\n'])).toEqual([
    'short',
    null,
    'next',
  ])
})

test('Windows line ends and a missing last one do no harm', async () => {
  expect((await split(['a\r\n\r\nb'])).map((line) => line?.trim())).toEqual(['a', 'b'])
})
