/** Towers beside a language model: what they add to the whole, when they run, and what they leave as it is. */
import { describe, expect, test } from 'vitest'
import { answersOf } from '../../src/engine/ask/family/family.ts'
import { breakdown } from '../../src/engine/breakdown.ts'
import { explain } from '../../src/engine/explanations.ts'
import {
  ArchcostError,
  evaluate,
  prepare,
  type Cost,
  type Workload,
} from '../../src/engine/index.ts'
import { document, language, projector, vision } from './with-towers.ts'

const [bare, model] = [prepare(language), prepare(document)]
const images = { count: 2, width: 300, height: 200 }

const refusal = (what: () => unknown): string => {
  try {
    what()
  } catch (error) {
    if (error instanceof ArchcostError) return error.message
  }
  return 'nothing'
}

describe('the whole', () => {
  test('is the language model and its towers, each by its kind', () => {
    const { whole, total } = evaluate(model).params
    const { vision: seen, projector: joint, ...others } = whole!.towers
    expect(whole!.total).toBe(total + seen + joint)
    // A matrix of 3 * 8 * 8 by 32, a vector, and layers of 12 d^2 with two norms.
    expect(seen).toBe(192 * 32 + 32 + 3 * (12 * 32 * 32 + 4 * 32))
    expect(joint).toBe(32 * 64 + 64 + 64 * 64 + 64)
    expect(others).toEqual({ audio: 0, talker: 0, codec: 0 })
  })

  test('is null without towers, and where some are not modelled', () => {
    expect(evaluate(bare).params.whole).toBeNull()
    const part = prepare({ ...document, unmodelled_towers: ['audio'] })
    expect(evaluate(part).params.whole).toBeNull()
    expect(refusal(() => explain(part, {}, 'params.whole.total'))).toMatch(/not modelled/)
  })

  test('leaves every number of the language model as it is', () => {
    const { params, ...others } = evaluate(model)
    const alone = evaluate(bare)
    expect({ ...others, params: { ...params, whole: null } }).toEqual(alone)
  })
})

describe('images', () => {
  test('run through towers once: in the prefill, and apart', () => {
    const [without, cost] = [evaluate(model), evaluate(model, { images })]
    expect(cost.flops.towers).toBeGreaterThan(0)
    expect(cost.flops.prefill).toBe(without.flops.prefill + cost.flops.towers)
    expect(cost.flops.decode).toBe(without.flops.decode)
    expect(cost.cache).toEqual(without.cache)
  })

  test('cost each the same, one for every sequence of the batch', () => {
    const towers = (workload: Partial<Workload>) => evaluate(model, workload).flops.towers
    const one = towers({ images: { ...images, count: 1 } })
    expect(towers({ images })).toBe(2 * one)
    expect(towers({ images, batch: 3 })).toBe(6 * one)
  })

  test('are behind where tokens of the context are cached', () => {
    expect(evaluate(model, { images, cached: 1 }).flops.towers).toBe(0)
  })

  test('are nothing to a model without a vision tower', () => {
    expect(evaluate(bare, { images })).toEqual(evaluate(bare))
  })

  test('need room in the context', () => {
    expect(evaluate(model, { images, context: 200 }).flops.towers).toBeGreaterThan(0)
    expect(refusal(() => evaluate(model, { images, context: 199 }))).toBe(
      'context: 199 is given, but its images become 200 tokens; say at least 200',
    )
  })

  test('are refused where the vision tower is not modelled', () => {
    const part = prepare({ ...language, unmodelled_towers: ['vision'] })
    expect(refusal(() => evaluate(part, { images }))).toMatch(/images.*not modelled/)
  })

  test('say what is missing beside what is given', () => {
    const said = { width: 300 } as never
    expect(refusal(() => evaluate(model, { images: said }))).toBe(
      'images.height: {"width":300} is given, but an object with count (or 1), width, height is expected',
    )
  })

  test.each([
    [{ count: 1, width: 300 }, 'images.height'],
    [{ count: 0, width: 300, height: 200 }, 'images.count'],
    [{ width: 300, height: 200, depth: 3 }, 'images'],
    ['300x200', 'images'],
  ])('%j is no number of images', (said, place) => {
    expect(refusal(() => evaluate(model, { images: said as never }))).toContain(`${place}: `)
  })
})

describe('what opens a number', () => {
  test.each(['params.whole.total', 'params.whole.towers.vision', 'flops.towers', 'flops.prefill'])(
    '%s comes to what is evaluated',
    (name) => {
      const workload = { images, batch: 2 }
      const found = name
        .split('.')
        .reduce<unknown>(
          (part, key) => (part as Record<string, unknown>)[key],
          evaluate(model, workload),
        )
      expect(explain(model, workload, name).value).toBe(found)
      expect(answersOf({ architecture: model.architecture, workload }, [name])).toEqual([found])
    },
  )

  test('a block of a tower is opened by its address', () => {
    expect(explain(model, { images }, 'vision.input.patch-embedding.positions').value).toBe(100)
    expect(explain(model, { images }, 'projector.input.mlp-projector.params').value).toBe(6272)
  })

  test('rows add up to the whole', () => {
    const rows = breakdown(model, { images })
    const cost = evaluate(model, { images })
    const sum = (read: (of: Cost) => number): number =>
      rows.reduce((all, row) => all + read(row.cost), 0)
    for (const read of [
      ({ params }: Cost) => params.whole!.total,
      ({ params }: Cost) => params.whole!.towers.vision,
      ({ params }: Cost) => params.total,
      ({ flops }: Cost) => flops.prefill,
      ({ flops }: Cost) => flops.towers,
    ])
      expect(sum(read)).toBe(read(cost))
  })
})

describe('a document', () => {
  test.each([
    [[{ ...vision, feeds: 'nowhere' }], /towers\.0\.feeds: there is no nowhere to feed/],
    [[vision, { ...projector, feeds: 'vision' }], /circle/],
    [[vision, projector, projector], /the name projector is taken/],
    [[{ ...vision, role: 'nose' }], /towers\.0\.role/],
  ])('with towers that do not fit is refused', (towers, message) => {
    expect(refusal(() => prepare({ ...language, towers }))).toMatch(message)
  })

  test('may hold several towers of one kind by names of their own', () => {
    const second = { ...vision, name: 'second', feeds: undefined }
    const { towers } = evaluate(prepare({ ...language, towers: [vision, projector, second] }))
      .params.whole!
    expect(towers.vision).toBe(2 * evaluate(model).params.whole!.towers.vision)
  })
})
