/** Every worked example of the dictionary, computed by the engine, and what its picture shows. */
import { expect, test } from 'vitest'
import { freshDictionary } from '../../src/dictionary/write.ts'
import { computeExamples, type ComputedFigure } from '../../src/dictionary/compute.ts'
import { computePicture, type ComputedPicture } from '../../src/dictionary/picture.ts'
import { areaOf } from '../../src/app/drawing/areas.ts'
import { evaluate } from '../../src/engine/index.ts'

const entries = freshDictionary()

/** What a figure is and should be, where these differ; a list is held against the first values of a list. */
function fault({ name, value, expect: wanted, within = 0 }: ComputedFigure): string | null {
  const found = [value].flat()
  const off = [wanted]
    .flat()
    .some((each, place) => !(Math.abs(found[place]! - each) <= within * Math.abs(each)))
  return off ? `${name} is ${String(value)}, not ${String(wanted)}` : null
}

/** All that has a place or a size in it. */
function amounts(picture: ComputedPicture): number[] {
  switch (picture.kind) {
    case 'drawing':
      return picture.models.map(({ model }) =>
        areaOf(picture.area).of(evaluate(model, picture.workload)),
      )
    case 'lines':
      return picture.lines.flatMap(({ values }) => values)
    case 'bars':
      return picture.bars.map(({ value }) => value)
  }
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
  const shown = amounts(computePicture(entry, examples))
  expect(shown.length).toBeGreaterThan(0)
  expect(shown.filter((amount) => !(amount > 0 && Number.isFinite(amount)))).toEqual([])
})
