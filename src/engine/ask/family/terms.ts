/** The terms that the costs of a varied design add up from. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import { bytesByRole } from '../../../architecture/formats.ts'
import type { PlacedBlock } from '../../../architecture/model.ts'
import { addModel, noSums } from '../../../architecture/stored.ts'
import { workloadKeys, type Pass, type Sums } from '../../../formulas/index.ts'
import { beginsSequence, decodePass, leaveOutSetup, prefillPass, routedPass } from '../../sums.ts'
import type { Variation } from '../../vary/variation.ts'
import { goByMatrix } from '../../../architecture/weight-bytes.ts'
import type { Column, SettingColumn, SumColumn } from '../quantity/measure.ts'
import { readSum, sequencesOf, settingsAsked, sumsAsked, valueIn, type Asked } from './columns.ts'
import { noteReads } from './reads.ts'
import { remembered, type Term, type Values } from './term.ts'
import { variedBlocksOf, type VariedBlocks } from './varied-blocks.ts'
import { wholeTerms } from './whole.ts'

/** Block by block; of stacks side by side, of towers at work, and of blocks that share what they store, the whole is one term. */
export function termsOf(variation: Variation, columns: readonly Column[]): Term[] {
  const runs = sumsAsked(columns)
  const sums = runs.flat()
  const { terms, inBlocks: settings } = settingsAsked(variation, columns)
  if (isWhole(variation, sums)) return [...terms, ...wholeTerms(variation, sums, settings)]
  // Without towers at work there is nothing of them to add.
  const ofModel = runs.filter(([asked]) => asked!.columns[0]!.over === undefined)
  const questions = ofModel.map((run) => questionsOf(variation, run))
  const inBlocks = variedBlocksOf(variation).flatMap((each) => {
    const blocks = { ...each, place: remembered(each.depends, each.place) }
    return [
      ...checkOf(blocks),
      ...settingsOf(blocks, settings),
      ...questions.flatMap((ask) => ask(blocks)),
    ]
  })
  return [...terms, ...inBlocks]
}

function isWhole(variation: Variation, sums: readonly Asked<SumColumn>[]): boolean {
  const { base, present, workloadAt } = variation
  const [stack, ...others] = base.stacks
  return (
    others.length > 0 ||
    stack!.role !== 'decoder' ||
    JSON.stringify(stack).includes('"share":') ||
    seesTowers(variation, sums) ||
    // A matrix of one block may decide the format of one in another.
    sums.some(
      ({ columns: [first] }) =>
        first!.weighed && goByMatrix(workloadAt(present, first!.at).weights),
    )
  )
}

/** Whether towers are asked for, or have something to do. */
const seesTowers = (
  { model, settings, workloadAt, present }: Variation,
  sums: readonly Asked<SumColumn>[],
): boolean =>
  model.towers.length > 0 &&
  (settings.some(({ place }) => place.of === 'block' && place.path[0] === 'towers') ||
    sums.some(({ columns: [first] }) => first!.over !== undefined) ||
    [{}, ...sums.map(({ columns: [first] }) => first!.at)].some((at) => {
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
  const times = (values: Values): number => Number(must_be_right(values))
  return [{ columns: [], depends, answers, times, times_depend }]
}

function settingsOf(
  { place, depends, times, times_depend }: VariedBlocks,
  { places, columns }: Asked<SettingColumn>,
): Term[] {
  if (places.length === 0) return []
  const answers = (values: Values): number[] =>
    columns.map((column) => valueIn(place(values), column))
  return [{ columns: places, is_value: true, depends, answers, times, times_depend }]
}

/** What is run of some blocks for questions. */
interface Run {
  /** Settings beside those of the blocks that it depends on. */
  depends: readonly number[]
  add: (blocks: readonly PlacedBlock[], values: Values, to: Sums) => void
}

/** Questions that one run answers, as they are asked of some blocks after others. */
function questionsOf(
  variation: Variation,
  asked: readonly Asked<SumColumn>[],
): (blocks: VariedBlocks) => Term[] {
  const first = asked[0]!.columns[0]!
  const runOf = first.occasion === 'model' ? modelRun : passRun(variation, first)
  const questions = asked.map((each) => questionOf(variation, each))
  return (blocks) => {
    const run = runOf(blocks)
    const depends = [...blocks.depends, ...run.depends]
    const sums = noSums()
    const sumsAt = remembered(depends, (values) => {
      // Faster than the array's own `fill`, which takes as long as the formulas of a block.
      for (let slot = 0; slot < sums.length; slot++) sums[slot] = 0
      run.add(blocks.place(values), values, sums)
      return sums
    })
    return questions.map((ask) => ask(blocks, depends, sumsAt))
  }
}

/** A question, as it is read from the sums of some blocks, which depend on settings. */
function questionOf(
  variation: Variation,
  { places, columns }: Asked<SumColumn>,
): (blocks: VariedBlocks, depends: readonly number[], sumsAt: (values: Values) => Sums) => Term {
  const first = columns[0]!
  const formats = variation.settings.flatMap(({ place }, index) =>
    first.weighed && place.of === 'workload' && place.key === 'bytes_per_weight' ? [index] : [],
  )
  const bytesAt = remembered(formats, (values) =>
    bytesByRole(variation.workloadAt(values, first.at).weights),
  )
  const sequences = sequencesOf(variation, first)
  return (blocks, depends, sumsAt) => ({
    columns: places,
    depends: [...depends, ...formats],
    answers(values) {
      const [sums, bytes] = [sumsAt(values), bytesAt(values)]
      return columns.map((column) => readSum(sums, column, bytes))
    },
    times: (values) => blocks.times(values) * sequences.count(values),
    times_depend: [...blocks.times_depend, ...sequences.depends],
  })
}

const modelRun = (): Run => ({
  depends: [],
  add: (blocks, _values, to) => addModel(blocks, 1, to),
})

function passRun(variation: Variation, { occasion, at }: SumColumn): (blocks: VariedBlocks) => Run {
  const decode = occasion === 'decode'
  const inWorkload = variation.settings.flatMap(({ place }, index) =>
    place.of === 'workload' && !(place.key in at) ? [{ key: place.key, index }] : [],
  )
  // One pass for all blocks that it runs through.
  const passAt = remembered(
    inWorkload.map(({ index }) => index),
    (values) => {
      const workload = variation.workloadAt(values, at)
      const pass = decode ? decodePass(workload, 0) : prefillPass(workload, 0)
      return { pass, begins: beginsSequence(workload) }
    },
  )
  return ({ capacity, place }) => {
    const entering = (values: Values): Pass => {
      const { pass } = passAt(values)
      return capacity ? routedPass(pass, capacity(values)) : pass
    }
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
      depends: reached.map(({ index }) => index),
      add(blocks, values, to) {
        runBlocks(blocks, entering(values), decode, to)
        if (!decode && !passAt(values).begins) leaveOutSetup(to)
      },
    }
  }
}

/** Parts of a workload that are what another is unless said: the format of keys is the cache's. */
const followersOf = (key: string): string[] =>
  workloadKeys.filter(({ reads }) => reads.includes(key)).map(({ name }) => name)

function runBlocks(blocks: readonly PlacedBlock[], pass: Pass, decode: boolean, to: Sums): void {
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
  const done = attempt(() => runBlocks(place(present), noted, decode, noSums()))
  return done instanceof ArchcostError ? null : reads
}
