/** The picture that opens an entry: what there is to draw, from what its example computed. */
import { explain } from '../engine/explanations.ts'
import type { Workload } from '../engine/index.ts'
import type { ComputedExample } from './compute.ts'
import type { Entry, Picture } from './entry.ts'
import { exampleOf } from './example-of.ts'
import type { ExampleModel } from './models.ts'

export type ComputedPicture = { caption: string } & (
  | {
      kind: 'drawing'
      area: Extract<Picture, { kind: 'drawing' }>['area']
      models: readonly ExampleModel[]
      workload: Partial<Workload>
    }
  | {
      kind: 'lines'
      /** Along the bottom: tokens of context by their order of magnitude, or places of a list. */
      along: { label: string; places: readonly number[]; are: 'tokens' | 'places' }
      unit: string
      lines: readonly { label: string; values: readonly number[] }[]
    }
  | { kind: 'bars'; unit: string; bars: readonly { label: string; value: number }[] }
)

/** @param examples of the entry, computed */
export function computePicture(
  { picture }: Entry,
  examples: readonly ComputedExample[],
): ComputedPicture {
  const { caption, kind } = picture
  const example = exampleOf(examples, picture)!
  switch (kind) {
    case 'drawing':
      return {
        kind,
        caption,
        area: picture.area,
        models: modelsOf(example, picture.of),
        workload: { ...example.workload, ...(picture.workload as Partial<Workload>) },
      }
    case 'growth':
      return { caption, ...growth(example, picture) }
    case 'lists': {
      const figures = figuresOf(example, picture.figures)
      const longest = Math.max(...figures.map(({ value }) => [value].flat().length))
      return {
        kind: 'lines',
        caption,
        along: { label: picture.along, places: numbersTo(longest), are: 'places' },
        unit: figures[0]!.unit,
        lines: figures.map(({ label, value }) => ({ label, values: [value].flat() })),
      }
    }
    case 'bars': {
      const figures = figuresOf(example, picture.figures)
      return {
        kind,
        caption,
        unit: figures[0]!.unit,
        bars: figures.map(({ label, value }) => ({ label, value: value as number })),
      }
    }
  }
}

const numbersTo = (count: number): number[] => Array.from({ length: count }, (_, place) => place)

const modelsOf = ({ models }: ComputedExample, keys?: readonly string[]): ExampleModel[] =>
  keys ? keys.map((key) => models.find((each) => each.key === key)!) : models.slice(0, 4)

const figuresOf = ({ figures }: ComputedExample, names: readonly string[]) =>
  names.map((name) => figures.find((each) => each.name === name)!)

/** A line for each model, or for each quantity of the only one. */
function growth(
  example: ComputedExample,
  { of, quantities, from, to }: Extract<Picture, { kind: 'growth' }>,
) {
  const models = modelsOf(example, of)
  const places: number[] = []
  for (let context = from; context < to; context *= 2) places.push(context)
  places.push(to)
  const lines = models.flatMap(({ name, model }) =>
    quantities.map((quantity) => {
      const found = places.map((context) =>
        explain(model, { ...example.workload, context }, quantity),
      )
      const { label, unit } = found[0]!
      const values = found.map(({ value }) => value as number)
      return { label: models.length > 1 ? name : label, unit, values }
    }),
  )
  return {
    kind: 'lines',
    along: { label: 'Tokens of context', places, are: 'tokens' },
    unit: lines[0]!.unit,
    lines,
  } as const
}
