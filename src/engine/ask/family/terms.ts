/** The terms that the costs of a varied design add up from. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import { bytesByRole } from '../../../architecture/formats.ts'
import type { PlacedBlock } from '../../../architecture/model.ts'
import { workloadKeys, type Pass, type Sums } from '../../../formulas/index.ts'
import {
  addModel,
  beginsSequence,
  decodePass,
  leaveOutSetup,
  noSums,
  prefillPass,
  routedPass,
} from '../../sums.ts'
import type { Variation } from '../../vary/variation.ts'
import type { SumColumn } from '../quantity/measures.ts'
import type { WorkloadColumn } from '../quantity/total-sums.ts'
import { askedOf, readSum, valueIn, type Asked, type BlockColumn, type Column } from './columns.ts'
import { noteReads } from './reads.ts'
import { remembered, type Term, type Values } from './term.ts'
import { variedBlocksOf, type VariedBlocks } from './varied-blocks.ts'
import { goByMatrix } from '../../weight-bytes.ts'
import { wholeTerms } from './whole.ts'

/** Block by block; of stacks side by side, of towers at work, and of blocks that share what they store, the whole is one term. */
export const termsOf = (variation: Variation, columns: readonly Column[]): Term[] => [
  ...columns.flatMap((column, place) =>
    column.of === 'workload' ? [numberOf(column, place, variation)] : [],
  ),
  ...termsOfBlocks(variation, columns),
]

function numberOf({ key, at }: WorkloadColumn, place: number, variation: Variation): Term {
  const depends = variation.settings.flatMap((setting, index) =>
    setting.place.of === 'workload' ? [index] : [],
  )
  const answers = (values: Values): number[] => [Number(variation.workloadAt(values, at)[key])]
  return { columns: [place], depends, answers, times: () => 1, times_depend: [] }
}

function termsOfBlocks(variation: Variation, columns: readonly Column[]): Term[] {
  const { stacks } = variation.base
  const isOfParts =
    !seesTowers(variation, columns) &&
    stacks.length === 1 &&
    stacks[0]!.role === 'decoder' &&
    !JSON.stringify(stacks).includes('"share":')
  const { sums, values } = askedOf(columns)
  // A matrix of one block may decide the format of one in another.
  const byMatrix = sums.some(
    ({ columns: [first] }) =>
      first!.weighed && goByMatrix(variation.workloadAt(variation.present, first!.at).weights),
  )
  if (!isOfParts || byMatrix) return wholeTerms(variation, sums, values)
  // Without towers at work there is nothing of them to add.
  const ofModel = sums.filter(({ columns: [first] }) => first!.over === undefined)
  const questions = ofModel.map((asked) => questionOf(variation, asked))
  return variedBlocksOf(variation).flatMap((each) => {
    const blocks = { ...each, place: remembered(each.depends, each.place) }
    const inBlocks = questions.map((ask) => ask(blocks))
    const distinct = [...new Set(inBlocks.map(({ depends }) => depends.join()))]
    return [
      ...checkOf(blocks),
      ...values.map((asked) => valuesOf(blocks, asked)),
      // What depends on the same is answered together.
      ...distinct.map((key) =>
        sumsOver(
          blocks,
          inBlocks.filter(({ depends }) => depends.join() === key),
        ),
      ),
    ]
  })
}

/** Whether towers are asked for, or have something to do. */
const seesTowers = (
  { model, settings, workloadAt, present }: Variation,
  columns: readonly Column[],
): boolean =>
  model.towers.length > 0 &&
  (settings.some(({ place }) => place.of === 'block' && place.path[0] === 'towers') ||
    columns.some((column) => column.of === 'sum' && column.over !== undefined) ||
    [{}, ...columns.map((column) => (column.of === 'sum' ? column.at : {}))].some((at) => {
      const { images, audio_seconds } = workloadAt(present, at)
      return images !== null || audio_seconds !== null
    }))

/** Adds to nothing; must be right even where no layer holds it. */
function checkOf({ place, depends, times_depend, must_be_right }: VariedBlocks): Term[] {
  if (!must_be_right) return []
  const answers = (values: Values): number[] => {
    place(values)
    return []
  }
  return [
    {
      columns: [],
      depends,
      answers,
      times: (values) => Number(must_be_right(values)),
      times_depend,
    },
  ]
}

function valuesOf(
  { place, depends, times, times_depend }: VariedBlocks,
  { places, columns }: Asked<BlockColumn>,
): Term {
  const answers = (values: Values): number[] =>
    columns.map((column) => valueIn(place(values), column))
  return { columns: places, is_of_block: true, depends, answers, times, times_depend }
}

/** What is asked of some blocks. */
interface Question extends Asked<SumColumn> {
  /** Settings that the answer depends on. */
  depends: readonly number[]
  add: (blocks: readonly PlacedBlock[], values: Values, to: Sums) => void
  /** Of a weight for each of `formatRoles`. */
  bytes: (values: Values) => readonly number[]
}

/** A question, as it is asked of some blocks after others. */
function questionOf(
  variation: Variation,
  asked: Asked<SumColumn>,
): (blocks: VariedBlocks) => Question {
  const { occasion, at, weighed } = asked.columns[0]!
  const formats = variation.settings.flatMap(({ place }, index) =>
    weighed && place.of === 'workload' && place.key === 'bytes_per_weight' ? [index] : [],
  )
  const bytes = remembered(formats, (values) =>
    bytesByRole(variation.workloadAt(values, at).weights),
  )
  if (occasion === 'model') {
    const add: Question['add'] = (blocks, _values, to) => addModel(blocks, 1, to)
    return ({ depends }) => ({ ...asked, depends: [...depends, ...formats], add, bytes })
  }
  const decode = occasion === 'decode'
  const inWorkload = variation.settings.flatMap(({ place }, index) =>
    place.of === 'workload' && !(place.key in at) ? [{ key: place.key, index }] : [],
  )
  // One pass for all blocks that it runs through.
  const passAt = remembered(
    inWorkload.map(({ index }) => index),
    (values) => {
      const workload = variation.workloadAt(values, at)
      return decode ? decodePass(workload, 0) : prefillPass(workload, 0)
    },
  )
  const begins = remembered(
    inWorkload.flatMap(({ key, index }) => (key === 'cached' ? [index] : [])),
    (values) => beginsSequence(variation.workloadAt(values, at)),
  )
  return ({ capacity, place, depends }) => {
    const entering = (values: Values): Pass =>
      capacity ? routedPass(passAt(values), capacity(values)) : passAt(values)
    const reads = readsOf(variation, place, entering, decode)
    // A step has one new token at any context and whatever is cached; a prefill has the past that is cached.
    const ofContext = capacity ? ['n_new', 'n_past'] : [decode ? 'n_past' : 'n_new']
    const reached = inWorkload.filter(({ key }) =>
      key === 'cached'
        ? !decode
        : (key === 'context' ? ofContext : [key, ...followersOf(key)]).some(
            (name) => reads === null || reads.has(name),
          ),
    )
    return {
      ...asked,
      depends: [...depends, ...reached.map(({ index }) => index), ...formats],
      bytes,
      add: (blocks, values, to) => {
        run(blocks, entering(values), decode, to)
        if (!decode && !begins(values)) leaveOutSetup(to)
      },
    }
  }
}

/** Parts of a workload that are what another is unless said: the format of keys is the cache's. */
const followersOf = (key: string): string[] =>
  workloadKeys.filter(({ reads }) => reads.includes(key)).map(({ name }) => name)

function run(blocks: readonly PlacedBlock[], pass: Pass, decode: boolean, to: Sums): void {
  for (const { formulas, settings } of blocks) {
    formulas.addPass(settings, pass, 1, to)
    if (decode) formulas.addStep(settings, pass, 1, to)
  }
}

/** What of a pass its blocks read; null where the design as it is has no such blocks, and nothing tells. */
function readsOf(
  { present }: Variation,
  place: VariedBlocks['place'],
  passAt: (values: Values) => Pass,
  decode: boolean,
): ReadonlySet<string> | null {
  const { noted, reads } = noteReads(passAt(present))
  const done = attempt(() => run(place(present), noted, decode, noSums()))
  return done instanceof ArchcostError ? null : reads
}

// One for all, cleared for each question: that costs less than another one.
const sums = noSums()

function sumsOver(
  { place, times, times_depend }: VariedBlocks,
  questions: readonly Question[],
): Term {
  const answers = (values: Values): number[] => {
    const blocks = place(values)
    return questions.flatMap(({ columns, add, bytes }) => {
      // Faster than the array's own `fill`, which takes as long as the formulas of a block.
      for (let slot = 0; slot < sums.length; slot++) sums[slot] = 0
      add(blocks, values, sums)
      const each = bytes(values)
      return columns.map((column) => readSum(sums, column, each))
    })
  }
  const columns = questions.flatMap(({ places }) => places)
  return { columns, depends: questions[0]!.depends, answers, times, times_depend }
}
