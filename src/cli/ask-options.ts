/** The options that commands share which ask backwards: what is set, what is held, which quantities. */
import { parseNumber, parseQuantity } from '../engine/read-number.ts'
import {
  findSetting,
  parseValue,
  presentValue,
  refuseInDesign,
  vary,
  type Design,
} from '../engine/vary/index.ts'
import { completeWorkload, prepare } from '../engine/index.ts'
import type { Axis } from '../engine/ask/sweep.ts'
import type { OptionSpec, Options } from './command.ts'
import { shortly } from '../engine/explain/totals.ts'
import { UsageError } from './errors.ts'
import { showValue } from './answer-text.ts'
import { findModel } from './model-source.ts'
import { pair, splitList } from './pairs.ts'
import { splitChanges } from './scenario-changes.ts'
import { modulesNamed, withModules, withOption } from './with-modules.ts'
import { readWorkload, setOption, workloadOptions } from './workload-options.ts'

export const designOptions: Record<string, OptionSpec> = {
  set: setOption,
  with: withOption,
  ...workloadOptions,
}

export const holdOption: OptionSpec = {
  value: 'SETTING,…',
  about:
    'settings that keep their value and let what they determine follow: ffn_ratio moves d_ff, d_head the number of heads',
}

/** Words on how settings and quantities are called, for help. */
export const nameWords = [
  'A SETTING is an address (mixer.n_kv_heads, mixer.except[0].window, n_layers, d_model), a block and a setting (moe.top_k),',
  'or a setting alone where one block has it (top_k); of the workload context, batch, dtype, latent_form, …; of a scenario whose',
  'quantities are asked, scenario and setting (expert-parallelism.ep).',
  'A QUANTITY is named as in cost --format json (params.total, flops.decode, cache.bytes, bytes_read.decode_weights), or is',
  'weights.bytes, memory.bytes (weights and cache), loss at tokens=15T, or of a scenario (roofline.seconds at device=L40S,',
  'distinct-experts.distinct; archcost explain MODEL lists them); "cache.bytes at 128Ki" has a context of its own, and',
  '"roofline.seconds at device=L40S,batch=8" several conditions. --set says settings of a scenario too.',
].join('\n')

/** Quantities between commas; those of `flops.decode at context=128k,batch=8` are its own. */
export function splitQuantities(text: string | undefined): string[] {
  const quantities: string[] = []
  for (const part of splitList(text)) {
    const name = /^([\w-]+)\s*=/.exec(part)?.[1]
    const goes_on =
      name !== undefined && !Object.hasOwn(shortly, name) && quantities.at(-1)?.includes(' at ')
    if (goes_on) quantities.push(`${quantities.pop()},${part}`)
    else quantities.push(part)
  }
  return quantities
}

/**
 * A model with what is set of it, and its workload.
 * @param asked quantities; what is set of their scenarios is for `askedUnder`
 */
export async function readDesign(
  word: string,
  options: Options,
  asked: readonly string[] = [],
): Promise<Design> {
  const found = withModules(await findModel(word), modulesNamed(options['with']))
  const { architecture } = found
  const { ofModel } = splitChanges(architecture, asked, options['set'])
  return withSet({ architecture, workload: readWorkload(options) }, ofModel)
}

/** Quantities with what `--set` says of their scenarios, as conditions of their own. */
export function askedUnder(
  { architecture }: Design,
  quantities: readonly string[],
  { set }: Options,
): string[] {
  const { ofScenarios } = splitChanges(architecture, quantities, set)
  return quantities.map((quantity) => {
    const conditions = Object.entries(ofScenarios(quantity)).map((each) => each.join('='))
    if (conditions.length === 0) return quantity
    return `${quantity}${/@| at /.test(quantity) ? ',' : ' at '}${conditions.join(',')}`
  })
}

export function withSet(design: Design, text: string | undefined): Design {
  const changes = splitList(text).map((each) => {
    const [name, value] = pair('--set', each)
    refuseInDesign(name)
    return [name, parseValue(findSetting(design.architecture, name), value)] as const
  })
  return changes.length === 0 ? design : vary(design, Object.fromEntries(changes))
}

/** `context=1k..1M:log:20`, or two of them with a blank between. */
export function readAxes(option: string, text: string | undefined): Axis[] {
  if (text === undefined)
    throw new UsageError(`${option} is missing: what varies, as in ${option} context=1k..1M:log:20`)
  const axes = text
    .trim()
    .split(/\s+/)
    .map((each) => {
      const [setting, values] = pair(option, each)
      return { setting, values }
    })
  if (axes.length > 2)
    throw new UsageError(
      `${option} takes one or two settings, not ${axes.length}; search takes any number`,
    )
  return axes
}

/** A number, or the present value of a setting. */
export function numberOrSetting(design: Design, option: string, text: string): number {
  if (/^[\d.+-]/.test(text)) return usage(() => parseQuantity(text).value, option)
  const model = prepare(design.architecture)
  const value = presentValue(
    model,
    completeWorkload(model, design.workload),
    findSetting(model.architecture, text),
  )
  if (typeof value !== 'number')
    throw new UsageError(`${option}: ${text} is ${showValue(value)}, no number`)
  return value
}

export const multiplesWords = {
  value: '128 or SETTING=128,…',
  about: 'only multiples of a number, or of a setting as it is now; or of each setting apart',
}

/** `128`, `n_heads`, or `d_model=128,d_ff=256`. */
export function readMultiples(
  design: Design,
  text: string | undefined,
): { multiple_of?: number | Record<string, number> } {
  if (text === undefined) return {}
  const option = '--multiple-of'
  const read = (each: string): number => {
    const multiple = numberOrSetting(design, option, each)
    if (Number.isInteger(multiple) && multiple > 0) return multiple
    throw new UsageError(`${option} is a whole number above 0, not ${multiple}`)
  }
  if (!text.includes('=')) return { multiple_of: read(text) }
  const each = splitList(text).map((part) => pair(option, part))
  return {
    multiple_of: Object.fromEntries(each.map(([name, multiple]) => [name, read(multiple)])),
  }
}

export function usage<T>(read: () => T, option: string): T {
  try {
    return read()
  } catch (error) {
    throw new UsageError(`${option}: ${(error as Error).message}`)
  }
}

/** A whole number that an option says. @throws UsageError */
export function readCount(option: string, text: string, min = 1): number {
  try {
    return parseNumber(text, { what: option, whole: true, min })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}
