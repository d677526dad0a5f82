/** An architecture document and what is run: costs and derivations that agree, or a refusal with an address. */
import * as fc from 'fast-check'
import {
  ArchcostError,
  evaluate,
  prepare,
  type Cost,
  type Workload,
} from '../../../src/engine/index.ts'
import { explain, totals } from '../../../src/engine/explanations.ts'
import { blocks } from '../../../src/formulas/index.ts'
import { anyArchitecture } from '../../engine/laws/architectures.ts'
import { door } from '../door.ts'
import { changed, changes, printed, type Json } from '../json-changes.ts'
import { documentKeys, documents, documentTexts } from '../published.ts'
import { mustBeClear, mustBeCost, mustBeNumbers } from '../sound.ts'

const settings = Object.values(blocks).flatMap((block) => block.settings.map(({ name }) => name))

/** A workload that says everything, some of which changes take away. */
export const workload: { [key: string]: Json } = {
  context: 4096,
  batch: 2,
  source: 300,
  images: { count: 2, width: 640, height: 480 },
  audio_seconds: 10,
  bytes_per_weight: 2,
  bytes_per_cache: 1,
  bytes_per_state: 4,
  bytes_per_activation: 2,
  pairs: 'causal',
  head: 'last',
  flops_per_mac: 2,
  latent_form: 'auto',
  scan_form: 'auto',
  page_tokens: 16,
}
const workloadChanges = changes(Object.keys(workload), [
  ...'full all expanded absorbed recurrent chunked parallel'.split(' '),
  2,
  131_072,
  1e9,
  1e12,
])

export const architecture = door({
  name: 'architecture',
  inputs: 100_000,
  input: fc
    .record({
      of: fc.oneof(
        fc.constantFrom(...documents),
        anyArchitecture.map((each) => each as unknown as Json),
      ),
      steps: changes(
        [...new Set([...documentKeys, ...settings])],
        [...documentTexts, ...Object.keys(blocks)],
      ),
      ran: workloadChanges,
      asked: fc.nat(totals.length - 1),
    })
    .map(({ of, steps, ran, asked }) => ({
      document: changed(of, steps),
      given: changed(workload, ran),
      asked: totals[asked]!.name,
    })),
  check({ document, given, asked }) {
    try {
      const model = prepare(document)
      mustBeWorkload(given)
      const cost = evaluate(model, given)
      mustBeCost(cost)
      const told = explain(model, given, asked)
      mustBeNumbers(told.value, asked)
      const value = valueAt(cost, asked)
      if (value !== undefined && value !== told.value)
        throw new Error(`${asked} is ${printed(value)}, and explained as ${printed(told.value)}`)
    } catch (error) {
      mustBeClear(error)
    }
  },
  show: printed,
})

/** The doors before the engine let objects through; it checks what is in them. */
function mustBeWorkload(given: unknown): asserts given is Partial<Workload> {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new ArchcostError('invalid_workload', 'an object is expected')
}

/** What stands under a dotted name; undefined where the cost tells nothing of that name. */
function valueAt(cost: Cost, name: string): unknown {
  let value: unknown = cost
  for (const key of name.split('.')) value = (value as Record<string, unknown> | undefined)?.[key]
  return value
}
