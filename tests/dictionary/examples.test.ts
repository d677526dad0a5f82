/** Every worked example of the dictionary, computed by the engine. */
import { expect, test } from 'vitest'
import { freshDictionary } from '../../src/dictionary/write.ts'
import { computeExamples, type ComputedFigure } from '../../src/dictionary/compute.ts'

const entries = freshDictionary()

/** What a figure is and should be, where these differ; a list is held against the first values of a list. */
function fault({ name, value, expect: wanted, within = 0 }: ComputedFigure): string | null {
  const found = [value].flat()
  const off = [wanted]
    .flat()
    .some((each, place) => !(Math.abs(found[place]! - each) <= within * Math.abs(each)))
  return off ? `${name} is ${String(value)}, not ${String(wanted)}` : null
}

test.each(entries.map((entry) => [entry.entry, entry] as const))('%s', async (_term, entry) => {
  const examples = await computeExamples(entry)
  const faults = examples.flatMap(({ title, figures, rows }) => [
    ...figures.map(fault).filter((each) => each !== null),
    ...rows
      .filter(({ values }) => values.some(Number.isNaN))
      .map(({ quantity }) => `${title}: ${quantity}`),
  ])
  expect(faults).toEqual([])
})
