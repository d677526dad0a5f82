/** What each of several models wins and pays beside the baseline, in sentences. */
import type { Cost } from '../../engine/index.ts'
import { readCost } from '../../engine/read-cost.ts'
import type { Evaluated } from '../models/evaluated.ts'
import type { Letter } from '../models/letters.ts'
import type { Piece } from './sentence.ts'

const counts = [
  { total: 'weights.bytes', words: 'weight memory' },
  { total: 'bytes_read.decode_weights', words: 'weights read for a token' },
  { total: 'cache.bytes', words: 'KV cache' },
  { total: 'flops.prefill', words: 'prefill work' },
  { total: 'flops.decode', words: 'decode work' },
] as const

/**
 * Which is the cheapest, if one is, and what the others win and pay beside the baseline: of one its largest differences,
 * of several the largest of each.
 */
export function compareSentences(results: readonly Evaluated[], baseline: Letter): Piece[] {
  const base = results.find(({ letter }) => letter === baseline) ?? results[0]!
  const cheapest = results.find((one) =>
    results.every((other) => other === one || isCheaper(one.cost, other.cost)),
  )
  const first: Piece[] = cheapest
    ? [
        {
          text: `${cheapest.letter} is the cheapest on every count of memory and work. `,
          strong: true,
        },
      ]
    : []
  const others = results.filter((each) => each !== base)
  const told = others.length > 1 ? others.filter((each) => each !== cheapest) : others
  const most = told.length > 1 ? 1 : 3
  return [
    ...first,
    ...told.flatMap((each, place) => [
      { text: place === 0 ? `Beside ${base.letter}, ` : '' },
      ...besideBase(each, base, most),
    ]),
  ]
}

/** Whether one is dearer by no count, and cheaper by some. */
const isCheaper = (one: Cost, other: Cost): boolean => {
  const differences = counts.map(
    ({ total }) => (readCost(one, total) ?? 0) - (readCost(other, total) ?? 0),
  )
  return differences.every((each) => each <= 0) && differences.some((each) => each < 0)
}

/** Differences below this share are none in a sentence. */
const noticed = 0.005
/** The `most` largest differences each way are said, the others stand in the headline. */
function besideBase({ letter, cost }: Evaluated, base: Evaluated, most: number): Piece[] {
  const all = counts.flatMap(({ total, words }) => {
    const [own, theirs] = [readCost(cost, total), readCost(base.cost, total)]
    if (!own || !theirs) return []
    return [{ total, words, ratio: own / theirs }]
  })
  const less = all
    .filter(({ ratio }) => ratio < 1 - noticed)
    .toSorted((a, b) => a.ratio - b.ratio)
    .slice(0, most)
  const more = all
    .filter(({ ratio }) => ratio > 1 + noticed)
    .toSorted((a, b) => b.ratio - a.ratio)
    .slice(0, most)
  if (less.length === 0 && more.length === 0) return [{ text: `${letter} costs the same. ` }]
  const list = (some: typeof all, times: (ratio: number) => number): Piece[] =>
    some.flatMap(({ total, words, ratio }, place): Piece[] => [
      { text: place === 0 ? '' : place === some.length - 1 ? ' and ' : ', ' },
      { text: `${short(times(ratio))}×`, opens: total, of: letter },
      { text: ` ${place === 0 ? (some === less ? 'less ' : 'more ') : ''}${words}` },
    ])
  return [
    { text: `${letter} takes ` },
    ...list(less, (ratio) => 1 / ratio),
    { text: less.length > 0 && more.length > 0 ? '; its price: ' : '' },
    ...list(more, (ratio) => ratio),
    { text: '. ' },
  ]
}

const short = (ratio: number): string =>
  ratio >= 100 ? Math.round(ratio).toLocaleString('en-US') : String(Number(ratio.toPrecision(3)))
