/** `npm run bench:ask`: searching and sweeping beside loops written by hand, side by side in one run. */
import { findingsOf, wanted } from './search-space.ts'
import { frontByHand } from './search-by-hand.ts'
import { document } from './deepseek-v3.ts'
import { measure, type Timing } from './measure.ts'
import { prepareSearch } from '../../src/engine/ask/search/search.ts'
import { readSpace } from '../../src/engine/ask/search/space.ts'
import { sweep } from '../../src/engine/ask/sweep.ts'
import { checkDocument, evaluate, prepare } from '../../src/engine/index.ts'

const architecture = checkDocument(document)
const space = readSpace({ ...wanted, architecture })
const search = prepareSearch(space)
const { total } = search

const [mine, theirs] = [findingsOf(search), frontByHand()]
if (JSON.stringify(mine) !== JSON.stringify(theirs)) {
  console.error('search', mine, 'by hand', theirs)
  process.exit(1)
}

console.log(
  `Search: ${total.toLocaleString('en')} designs of DeepSeek-V3's kind by total and active parameters, FLOPs and cache`,
)
console.log(
  `(${mine.feasible.toLocaleString('en')} meet the conditions; both find the same front of ${mine.front.length})\n`,
)
show(
  measure([
    { name: 'loop written by hand', run: frontByHand },
    { name: 'search, prepared', run: () => search.run(0, total) },
    {
      name: 'search, from its text',
      run: () => prepareSearch(readSpace({ ...wanted, architecture })).run(0, total),
    },
  ]),
  total,
)

const few = 20_000
const ofScenario = { ...wanted, minimise: 'roofline.seconds at device=H100' }
const scenario = prepareSearch(readSpace({ ...ofScenario, architecture }))
console.log("\nSearch with a scenario's quantity in the place of a total, its seconds of a step\n")
show(
  measure([
    { name: 'without', run: () => search.run(0, few) },
    { name: 'with', run: () => scenario.run(0, few) },
  ]),
  few,
)

console.log(
  '\nSweep: 4 quantities at 200 contexts, for 4 models, as a chart of the page asks for\n',
)
const model = prepare(architecture)
const quantities = ['params.total', 'flops.decode', 'cache.bytes', 'bytes_read.decode_weights']
const contexts = Array.from({ length: 200 }, (_, index) => 1000 + 5000 * index)
const of = (setting: string, values: readonly number[]) => (): number => {
  let sum = 0
  for (let each = 0; each < 4; each++)
    for (const { answers } of sweep(
      { architecture, workload: {} },
      [{ setting, values }],
      quantities,
    ).rows())
      sum += answers?.[1] ?? 0
  return sum
}
show(
  measure([
    { name: 'sweep of the context', run: of('context', contexts) },
    {
      name: 'sweep of the width',
      run: of(
        'd_model',
        contexts.map((_, index) => 512 + 32 * index),
      ),
    },
    {
      name: '800 whole evaluations',
      run: () =>
        contexts.map((context) =>
          [0, 1, 2, 3].map(() => evaluate(model, { context }).flops.decode),
        ),
    },
  ]),
  1,
)

console.log('\nMemory, after looking at a hundred thousand designs and at ten million\n')
const wide = (layers: number): object => ({
  ...wanted,
  vary: { ...wanted.vary, n_layers: `4..${layers + 3}`, vocab_size: '1000..1499' },
})
for (const layers of [1, 26]) {
  const large = prepareSearch(
    readSpace({ ...wide(layers), architecture, minimise: 'flops.decode', maximise: [] }),
  )
  const looks = layers === 1 ? 100_000 : Math.min(large.looks, 10_000_000)
  for (let from = 0; from < looks; from += 1 << 20)
    large.run(from, Math.min(looks, from + (1 << 20)))
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  console.log(
    `${looks.toLocaleString('en').padStart(12)} of ${large.total.toLocaleString('en').padStart(14)} designs: ${((heapUsed + arrayBuffers) / 1e6).toFixed(0)} MB`,
  )
}

function show(timings: readonly Timing[], per: number): void {
  for (const { name, time, ratio } of timings)
    console.log(
      `${name.padEnd(36)}${(per > 1 ? `${(time / per).toFixed(1)} ns each` : `${(time / 1e6).toFixed(2)} ms`).padStart(16)}${`${ratio.toPrecision(3)} x`.padStart(12)}`,
    )
}
