/** `npm run bench`: DeepSeek-V3 by the engine, by hand-written code and by mathjs, side by side in one run. */
import { isDeepStrictEqual } from 'node:util'
import {
  completeWorkload,
  evaluate,
  prepare,
  type Cost,
  type Workload,
} from '../../src/engine/index.ts'
import { noSums } from '../../src/architecture/stored.ts'
import { addPass, addStep, decodePass, prefillPass } from '../../src/engine/sums.ts'
import type { Sums } from '../../src/formulas/index.ts'
import { costByHand, deepseekV3, paramsByHand } from './by-hand.ts'
import { document } from './deepseek-v3.ts'
import { measure } from './measure.ts'
import { costWithMathjs, type Headline } from './with-mathjs.ts'

const model = prepare(document)
const decoder = model.decoder!
const workload = completeWorkload(model, { context: 32768 })
// A different context each time: nothing can be kept from the call before.
const workloads = Array.from({ length: 64 }, (_, i) => ({ ...workload, context: 8192 + 512 * i }))
const at = (turn: number): typeof workload => workloads[turn % workloads.length]!

const counted = paramsByHand(deepseekV3)
for (const each of workloads) {
  const cost = evaluate(model, each)
  assertEqual('by hand', costByHand(deepseekV3, each), cost)
  assertEqual('by hand, counted before', costByHand(deepseekV3, each, counted), cost)
  assertEqual('mathjs', costWithMathjs(model, each), headline(cost))
}

const timings = measure([
  { name: 'written by hand', run: (turn) => costByHand(deepseekV3, at(turn)) },
  {
    name: '  its parameters before',
    run: (turn) => costByHand(deepseekV3, at(turn), counted),
  },
  { name: 'engine', run: (turn) => evaluate(model, at(turn)) },
  { name: '  its formulas', run: (turn) => formulasAlone(at(turn)) },
  { name: '  its check of the workload', run: (turn) => completeWorkload(model, at(turn)) },
  { name: 'mathjs on the same trees', run: (turn) => costWithMathjs(model, at(turn)) },
])

console.log(
  `DeepSeek-V3, ${decoder.n_layers} layers, all ${countNumbers(evaluate(model))} numbers of its cost`,
)
console.log('(of which mathjs computes five totals; all agree to the last digit)\n')
for (const { name, time, ratio } of timings)
  console.log(
    `${name.padEnd(28)}${formatTime(time).padStart(12)}${`${ratio.toPrecision(3)} x`.padStart(12)}`,
  )

console.log(`
Hand-written code starts from the shape of the model, the engine from a document that \`prepare\` has read: its
parameters are counted there, once. The second line is hand-written code that is given them as well.

Why the engine takes longer: hand-written code knows the one shape it is for, adds equal terms up before it
multiplies, and trusts its input. The engine goes through the blocks of any document, asks each for its
answers one by one, keeps them apart by class, and checks the workload first.`)

/** What evaluate asks of blocks, without what is made of the answers. */
function formulasAlone(given: Workload): Sums {
  const sums = noSums()
  addPass(decoder, prefillPass(given, 0), sums)
  addStep(decoder, decodePass(given, 0), sums)
  return sums
}

function headline({ params, flops, cache, bytes_read }: Cost): Headline {
  return {
    params: params.total,
    prefill: flops.prefill,
    decode: flops.decode!,
    cache: cache!.bytes,
    weights_read: bytes_read.decode_weights!,
  }
}

function assertEqual(name: string, found: unknown, expected: unknown): void {
  if (isDeepStrictEqual(found, expected)) return
  console.error(name, found, 'engine', expected)
  process.exit(1)
}

function countNumbers(value: unknown): number {
  if (typeof value === 'number') return 1
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce((sum: number, each) => sum + countNumbers(each), 0)
}

function formatTime(ns: number): string {
  return ns < 10_000 ? `${ns.toFixed(0)} ns` : `${(ns / 1000).toFixed(0)} us`
}
