/** Generated code, closures, the walk that explanations use, and mathjs's own evaluation of the same trees give the same numbers. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explanations, interpret, scenarios, taken } from '../../src/formulas/explanations.ts'
import {
  blocks,
  slot,
  type BlockFormulas,
  type Pass,
  type Settings,
  type Value,
} from '../../src/formulas/index.ts'
import { isOperation, type Expression } from '../../src/formulas/expression.ts'
import type { Mechanism } from '../../src/formulas/mechanism.ts'
import { ownBlock } from '../../src/formulas/own-block.ts'
import { rankSlot } from '../../src/formulas/generated/contract.ts'
import { ranks } from '../../src/formulas/generated/ranks.ts'
import type { RankFormulas, Shares } from '../../src/formulas/runtime.ts'
import { evaluateReference, type Values } from '../../src/formulas/reference.ts'
import { errors, formulas, mechanisms, questionOf, type Question } from './compiled.ts'

const codeOf = ({ kind, name }: Mechanism) => (kind === 'block' ? blocks[name]! : scenarios[name]!)
const explanationOf = ({ kind, name }: Mechanism) =>
  kind === 'block' ? explanations[name]! : scenarios[name]!

/** A question whose settings pass the checks of the mechanism, with the settings complete. */
const validQuestion = (mechanism: Mechanism): fc.Arbitrary<Question & { settings: Settings }> =>
  questionOf(mechanism)
    .map((question) => ({
      ...question,
      settings: codeOf(mechanism).resolve(question.given, question.names),
    }))
    .filter(({ settings }) => codeOf(mechanism).check(settings) === null)

function reference(mechanism: Mechanism, { given, names, pass }: Question): Values {
  const said = Object.entries(given).filter(([, value]) => value !== undefined)
  const all = { ...names, ...pass, ...(Object.fromEntries(said) as Settings) }
  return evaluateReference(mechanism, all, formulas)
}

/** Equal, but for the last digits where a power was taken, which products replace in generated code. */
function agree(found: unknown, expected: unknown): boolean {
  if (Array.isArray(expected))
    return (
      Array.isArray(found) &&
      found.length === expected.length &&
      expected.every((value, place) => agree(found[place], value))
    )
  if (Object.is(found, expected) || found === expected) return true
  const difference = Math.abs((found as number) - (expected as number))
  return difference <= 1e-13 * Math.abs(expected as number)
}

/** The values on which two evaluations differ, as `name: found, not expected`. */
const differences = (found: Record<string, unknown>, expected: Record<string, unknown>): string[] =>
  Object.keys(expected)
    .filter((name) => !agree(found[name], expected[name]))
    .map((name) => `${name}: ${String(found[name])}, not ${String(expected[name])}`)

const named = (all: readonly Mechanism[]) => all.map((each) => [each.name, each] as const)

/** How deep sums stand inside sums. */
const depthOf = (e: Expression): number =>
  isOperation(e) ? Number(e.op === 'sum') + Math.max(0, ...e.args.map(depthOf)) : 0

/** As many random questions as a mechanism gets: fewer where sums stand inside sums, which mathjs adds up slowly. */
function runsOf({ definitions }: Mechanism): { numRuns: number } {
  const depth = Math.max(1, ...definitions.map(({ expression }) => depthOf(expression)))
  return { numRuns: Math.ceil(60 / 3 ** (depth - 1)) }
}

test('all formula files compile', () => {
  expect(errors.map(({ message }) => message)).toEqual([])
})

describe.each(named(mechanisms))('%s', (_, mechanism) => {
  test('generated code gives the settings and values of the reference', () => {
    fc.assert(
      fc.property(validQuestion(mechanism), (question) => {
        const { settings, pass } = question
        const found = { ...settings, ...pass, ...explanationOf(mechanism).values(settings, pass) }
        const expected = Object.fromEntries(reference(mechanism, question))
        expect(differences(found, expected)).toEqual([])
      }),
      runsOf(mechanism),
    )
  })

  test('walking an equation gives what its code gives', () => {
    fc.assert(
      fc.property(validQuestion(mechanism), ({ settings, pass }) => {
        const computed = explanationOf(mechanism).values(settings, pass)
        const values: Record<string, Value> = { ...settings, ...pass, ...computed }
        const walked = mechanism.definitions.map(({ name, expression, over }) => {
          if (!over) return [name, interpret(expression, values)]
          const list = computed[name] as number[]
          const at = (index: number) => interpret(expression, { ...values, [over.index]: index })
          return [name, list.map((__, index) => at(index))]
        })
        expect(differences(Object.fromEntries(walked), computed)).toEqual([])
      }),
      runsOf(mechanism),
    )
  })
})

describe.each(named(Object.values(formulas.blocks)))('%s', (name, mechanism) => {
  test('closures of its equations give what generated code gives, to the last digit', () => {
    const own = ownBlock(mechanism, formulas)
    const sumsBy = (
      { addModel, addPass, addStep }: BlockFormulas,
      { settings, pass }: { settings: Settings; pass: Pass },
    ): number[] => {
      const sums = Object.keys(slot).map(() => 0)
      addModel(settings, 3, sums)
      addPass(settings, pass, 3, sums)
      addStep(settings, pass, 3, sums)
      return sums
    }
    // A share of its own for each of what parts are cut by.
    const words = ['heads', 'kv_heads', 'width', 'experts', 'vocabulary'] as const
    const said = words.map((word, place) => [word, { held: place + 1, of: 3 }])
    const shares = { ...Object.fromEntries(said), none: { held: 1, of: 1 } } as Shares
    const sharesBy = (
      { cuts, addWeights, addWork, addCache }: RankFormulas,
      { settings, pass }: { settings: Settings; pass: Pass },
    ) => {
      const sums = Object.keys(rankSlot).map(() => 0)
      addWeights(settings, shares, 3, sums)
      addWork(settings, pass, shares, 3, sums)
      addCache(settings, pass, shares, 3, sums)
      return [sums, ...cuts.map(({ word, count, text }) => [word, count(settings), text])]
    }
    fc.assert(
      fc.property(questionOf(mechanism), ({ given, names, pass }) => {
        const generated = blocks[name]!
        const settings = generated.resolve(given, names)
        expect(own.formulas.resolve(given, names)).toEqual(settings)
        expect(own.formulas.check(settings)).toBe(generated.check(settings))
        if (generated.check(settings) !== null) return
        expect(own.formulas.positions?.(settings, pass)).toEqual(
          generated.positions?.(settings, pass),
        )
        expect(own.formulas.tell?.(settings, pass)).toEqual(generated.tell?.(settings, pass))
        expect(sumsBy(own.formulas, { settings, pass })).toEqual(
          sumsBy(generated, { settings, pass }),
        )
        expect(sharesBy(own.rank, { settings, pass })).toEqual(
          sharesBy(ranks[name]!, { settings, pass }),
        )
        expect(own.explanation.values(settings, pass)).toEqual(
          explanations[name]!.values(settings, pass),
        )
      }),
      runsOf(mechanism),
    )
    expect(own.formulas.settings).toEqual(blocks[name]!.settings)
    expect({ ...own.explanation, values: 0 }).toEqual({ ...explanations[name]!, values: 0 })
  })

  test('adds its answers to their slots, times the number of layers', () => {
    const { addModel, addPass, addStep } = blocks[name]!
    fc.assert(
      fc.property(validQuestion(mechanism), fc.integer({ min: 1, max: 100 }), (question, times) => {
        const { settings, pass } = question
        const sums = Object.keys(slot).map(() => 0)
        addModel(settings, times, sums)
        addPass(settings, pass, times, sums)
        addStep(settings, pass, times, sums)
        const found = Object.entries(slot).map(([place, index]) => [place, sums[index]! / times])
        expect(sums.every(Number.isFinite)).toBe(true)
        expect(
          differences(
            Object.fromEntries(found),
            answersOf(mechanism, reference(mechanism, question)),
          ),
        ).toEqual([])
      }),
      runsOf(mechanism),
    )
  })
})

/** The answers to the contract by slot, from the values of a reference; parts go to the slot of their class. */
function answersOf({ definitions }: Mechanism, values: Values): Record<string, number> {
  const answers = Object.fromEntries(Object.keys(slot).map((place) => [place, 0]))
  const add = (place: string, name: string): void => {
    answers[place]! += values.get(name) as number
  }
  for (const { name, split } of formulas.contract.questions) {
    if (!split) add(name, name)
    else
      for (const part of definitions.filter(({ part_of }) => part_of === name))
        add(`${name}.${taken(part.class!, Object.fromEntries(values)) as string}`, part.name)
  }
  return answers
}
