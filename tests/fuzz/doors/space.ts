/** The file of a search's space: designs that are what they are said to be, or which key is wrong and what it may say. */
import * as fc from 'fast-check'
import { prepareSearch } from '../../../src/engine/ask/search/search.ts'
import { readSpace } from '../../../src/engine/ask/search/space.ts'
import { ArchcostError, checkDocument } from '../../../src/engine/index.ts'
import { parseYaml } from '../../../src/formulas/yaml.ts'
import { door } from '../door.ts'
import { changed, changes, printed, type Json } from '../json-changes.ts'
import { documents } from '../published.ts'
import { mustBeClear, mustHelp } from '../sound.ts'
import { changedText, textChanges } from '../text-changes.ts'

/** What people ask for; each is tried on every model. */
export const searched: readonly { [key: string]: Json }[] = [
  {
    vary: { n_layers: '2..64:step:2', d_model: [1024, 2048, 4096] },
    hold: ['d_head'],
    constraints: ['params.total <= 8e9', 'memory.bytes <= 24 GiB', 'd_model multiple of 128'],
    minimise: ['flops.decode', 'bytes_read.decode_cache'],
    maximise: 'params.total',
    show: ['n_layers'],
  },
  {
    workload: { context: '8k', dtype: 'fp8' },
    vary: { batch: '1..64:powers', context: [1024, 8192, '128k'] },
    constraints: 'cache.bytes at 131072 <= 40 GiB',
    minimise: 'bytes_read.decode',
    samples: 50,
    seed: 7,
  },
  {
    set: { vocab_size: '64k' },
    vary: { n_layers: [4, 8], batch: '1..8' },
    minimise: 'roofline.seconds at device=L40S',
    maximise: ['batch'],
  },
]
const words =
  'n_layers d_model context batch dtype d_head d_ff ffn_ratio top_k n_experts params.total flops.decode cache.bytes loss' +
  ' memory.bytes roofline.seconds bf16 fp8 1..8 1..1e9 1..64:powers 1..2:log:5 8..1 1..9:step:0 64k 80GB <= >= == !='
const keys =
  'architecture model workload set vary hold constraints minimise maximise show samples seed'

/** More would be a search, not the reading of a file. */
const looked = 200

const file: fc.Arbitrary<string> = fc
  .record({
    of: fc.constantFrom(...searched),
    architecture: fc.constantFrom(...documents),
    steps: changes([...keys.split(' '), ...words.split(' ')], words.split(' ')),
    written: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, textChanges(words.split(' '))),
  })
  .map(({ of, architecture, steps, written }) => {
    const asked = changedText(printed(changed(of, steps)), written)
    return asked.startsWith('{')
      ? `{"architecture":${printed(architecture)},${asked.slice(1)}`
      : asked
  })

export const space = door({
  name: 'space',
  inputs: 10_000,
  input: file,
  check(text) {
    try {
      const raw = parsed(text) as Record<string, unknown>
      // The shell puts the document of a model in the place of its name.
      const search = prepareSearch(
        readSpace(
          typeof raw === 'object' && raw !== null && 'architecture' in raw
            ? { ...raw, architecture: checkDocument(raw['architecture']) }
            : raw,
        ),
      )
      const to = Math.min(search.looks, looked)
      const found = search.run(0, to)
      const refused = [...found.unbuildable.values()].reduce((sum, { count }) => sum + count, 0)
      if (found.looked !== to || found.designs + found.duplicates + refused !== to)
        throw new Error(
          `of ${to} designs ${found.designs}, ${found.duplicates} and ${refused} are told of`,
        )
      for (const { place, goals } of found.front.slice(0, 3)) {
        const { answers } = search.describe(place)
        if (answers instanceof ArchcostError) throw new Error('what is found cannot be built')
        // Settings are told by their values.
        const wrong = search.objectives.some(({ sign }, index) => {
          const wanted = search.family.measures[index]!.name
          const told = search.told.findIndex(({ name }) => name === wanted)
          return told >= 0 && goals[index] !== sign * (answers[told] ?? NaN)
        })
        if (wrong || !goals.every(Number.isFinite))
          throw new Error(`what is found with ${printed([...goals])} has ${printed(answers)}`)
      }
    } catch (error) {
      mustBeClear(error)
    }
  },
  show: (text) => text,
})

function parsed(text: string): unknown {
  try {
    return parseYaml(text)
  } catch (error) {
    // The shell says it of the file.
    mustHelp((error as Error).message)
    throw new ArchcostError('invalid_workload', 'the file is not YAML')
  }
}
