/** What must be true of every answer: a clear refusal, or numbers that are ones. */
import { ArchcostError, type Cost } from '../../src/engine/index.ts'
import { NumberError } from '../../src/engine/read-number.ts'
import { FormulaError } from '../../src/formulas/formula-error.ts'
import { CommandError, UsageError } from '../../src/cli/errors.ts'

/** @throws the error itself where nobody foresaw it, another where its words help nobody */
export function mustBeClear(error: unknown): void {
  const foreseen = [ArchcostError, CommandError, FormulaError, NumberError, UsageError]
  if (!foreseen.some((kind) => error instanceof kind)) throw error
  mustHelp((error as Error).message)
}

/** Words of JavaScript's own, which a mistake in the code leaves in a message. */
const slip =
  /\[object |\bundefined\b|\bis not (a function\b(?! that)|iterable|defined)|^Undefined|Cannot (read|convert|mix|destructure)|Maximum call stack|Invalid (array|string) length|out of memory|mistake in archcost|^\s*$/i

export function mustHelp(message: string): void {
  if (slip.test(message)) throw new Error(`the message helps nobody: ${message.slice(0, 300)}`)
  if (message.length > 2000)
    throw new Error(`the message has ${message.length} letters: ${message.slice(0, 300)}`)
}

/** All are finite, none below zero. */
export function mustBeNumbers(value: unknown, path = ''): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || value < 0) throw new Error(`${path} is ${value}`)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) mustBeNumbers(inner, `${path}.${key}`)
  }
}

/** Numbers that are ones, parameters whole, and sums those of their parts: to the last digit where all are exact. */
export function mustBeCost(cost: Cost): void {
  mustBeNumbers(cost)
  const { params, flops, cache } = cost
  // Not the active ones: where some experts do nothing, they are an average over tokens.
  const counted = [params.total, ...params.by_layer, ...Object.values(params.by_role)]
  const broken = counted.find((count) => !Number.isInteger(count))
  if (broken !== undefined) throw new Error(`${broken} parameters are counted`)
  const add = (parts: object): number =>
    Object.values(parts).reduce((sum: number, part: number) => sum + part, 0)
  const same = (what: string, whole: number, parts: number): void => {
    const exact = Number.isSafeInteger(whole) && Number.isSafeInteger(parts)
    if (exact ? whole !== parts : Math.abs(whole - parts) > 1e-9 * Math.max(whole, parts))
      throw new Error(`${what} is ${whole}, its parts are ${parts}`)
  }
  same('params.total', params.total, add(params.by_role))
  same('flops.prefill', flops.prefill, add(flops.prefill_by_kind))
  if (flops.decode_by_kind) same('flops.decode', flops.decode!, add(flops.decode_by_kind))
  if (cache) same('cache.bytes', cache.bytes, cache.growing + cache.bounded + cache.fixed)
  if (params.active > params.total && Number.isSafeInteger(params.total))
    throw new Error(`params.active is ${params.active}, more than ${params.total} in all`)
}

/** Only what JSON holds, so that nothing is dropped where it is printed. */
export function mustBeJson(value: unknown): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return
  if (typeof value === 'number' && Number.isFinite(value)) return
  if (typeof value !== 'object') throw new Error(`a ${typeof value} is not JSON`)
  for (const inner of Object.values(value)) mustBeJson(inner)
}
