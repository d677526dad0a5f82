/** A `config.json`: an import with a report of every key, or a refusal that names one. */
import * as fc from 'fast-check'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { rotary } from '../../../src/engine/rotary.ts'
import { importConfig } from '../../../src/import/index.ts'
import { door } from '../door.ts'
import { changed, changes, printed, type Json } from '../json-changes.ts'
import { configKeys, configs, configTexts } from '../published.ts'
import { mustBeClear, mustBeCost, mustBeJson, mustBeNumbers } from '../sound.ts'

/** Python writes them into JSON, and they are read. */
const fromPython = [Infinity, -Infinity, NaN]

/** What two imports are compared by; null where the config is refused. */
interface Read {
  cost: string
  said: string
}

export const config = door({
  name: 'config',
  inputs: 100_000,
  input: fc.record({
    of: fc.nat(configs.length - 1),
    steps: changes(configKeys, [...configTexts, ...fromPython]),
  }),
  check({ of, steps }) {
    const original = configs[of]!
    const found = read(changed(original, steps))
    const usual = (known[of] ??= { read: read(original) })
    if (found && usual.read && found.cost !== usual.read.cost && found.said === usual.read.said)
      throw new Error('the cost is another one, and the report says nothing of it')
  },
  show: ({ of, steps }) => printed(changed(configs[of]!, steps)),
})

/** What the configs are read as without changes, each once. */
const known: { read: Read | null }[] = []

function read(given: Json): Read | null {
  try {
    const { architecture, report, notes } = importConfig(given)
    const model = prepare(architecture)
    const cost = evaluate(model)
    mustBeCost(cost)
    const turned = rotary(model)
    mustBeNumbers(turned)
    const said = { report, notes }
    mustBeJson(said)
    return { cost: JSON.stringify([cost, turned]), said: JSON.stringify(said) }
  } catch (error) {
    mustBeClear(error)
    return null
  }
}
