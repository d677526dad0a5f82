/** Tries many inputs on a door, and makes those that break something as small as it can. */
import * as fc from 'fast-check'
import type { Opening } from './door.ts'

export interface Share {
  /** How many inputs. */
  inputs: number
  seed: number
  /** Told after each thousand. */
  tell?: (tried: number) => void
  /** Told of each finding as it comes. */
  report?: (finding: Finding) => void
}

export interface Finding {
  what: string
  input: string
  /** Of the thousand inputs it was among. */
  seed: number
}

/** CPU seconds that one input may take. */
const limit = 1
const batch = 1000
/** CPU seconds in which a failing input is made smaller. */
const patience = 10
/** Different things found after which a run ends: one fault often shows in many ways. */
const enough = 20

/** Each thing that is found, once. */
export async function findings<Input>(
  opening: Pick<Opening<Input>, 'input' | 'check' | 'show'>,
  { inputs, seed, tell, report }: Share,
): Promise<Finding[]> {
  const found = new Map<string, Finding>()
  const stray: unknown[] = []
  const keep = (error: unknown): void => void stray.push(error)
  process.on('unhandledRejection', keep)
  try {
    for (let done = 0; done < inputs && found.size < enough;) {
      const numRuns = Math.min(batch, inputs - done)
      const own = seed + done / batch
      const wrong = await firstWrong(opening, numRuns, own, new Set(found.keys()), stray)
      if (wrong) {
        // The same thousand is tried again, without what is known now.
        found.set(kindOf(wrong.error), wrong.finding)
        report?.(wrong.finding)
      } else {
        done += numRuns
        tell?.(done)
      }
    }
  } finally {
    process.off('unhandledRejection', keep)
  }
  return [...found.values()]
}

async function firstWrong<Input>(
  { input, check, show }: Pick<Opening<Input>, 'input' | 'check' | 'show'>,
  numRuns: number,
  seed: number,
  known: ReadonlySet<string>,
  stray: unknown[],
): Promise<{ error: Error; finding: Finding } | null> {
  let since: NodeJS.CpuUsage | null = null
  const property = fc.asyncProperty(input, async (each) => {
    // Smaller is nicer, not worth any time.
    if (since && secondsSince(since) > patience) return
    const wrong = await wrongWith(check, each, stray)
    if (!wrong || known.has(kindOf(wrong))) return
    since ??= process.cpuUsage()
    throw wrong
  })
  const { counterexample, errorInstance } = await fc.check(property, { seed, numRuns })
  if (counterexample === null) return null
  const error = errorInstance as Error
  return {
    error,
    finding: { what: placed(error), input: show(counterexample[0]), seed },
  }
}

/** The message, and the last places of the project it comes from. */
const placed = ({ message, stack = '' }: Error): string =>
  [message, ...(stack.match(/\/(src|tests)\/[^:)]+:\d+/g) ?? []).slice(0, 4)].join('\n  at ')

async function wrongWith<Input>(
  check: (input: Input) => void | Promise<void>,
  input: Input,
  stray: unknown[],
): Promise<Error | null> {
  try {
    const start = performance.now()
    await tried(check, input)
    // A clock is read faster than CPU time, of which there is never more. A second try leaves out what the first loaded.
    const may_be_slow = performance.now() - start > 1000 * limit
    const seconds = may_be_slow ? await secondsOf(check, input) : 0
    if (stray.length > 0) throw new Error('a rejection nobody handles', { cause: stray.shift() })
    if (seconds > limit) return new Error(`takes more than ${limit} second of CPU`)
    return null
  } catch (error) {
    return error instanceof Error ? error : new Error(`${String(error)} is thrown`)
  }
}

async function tried<Input>(
  check: (input: Input) => void | Promise<void>,
  input: Input,
): Promise<void> {
  const pending = check(input)
  if (!pending) return
  await pending
  // Rejections that nobody handles are told between turns.
  await new Promise(setImmediate)
}

async function secondsOf<Input>(
  check: (input: Input) => void | Promise<void>,
  input: Input,
): Promise<number> {
  const start = process.cpuUsage()
  await tried(check, input)
  return secondsSince(start)
}

function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e6
}

/** Alike are errors of the same words, whatever names and numbers stand among them. */
const kindOf = ({ message, stack = '' }: Error): string => {
  const place = /\/(src\/[^:)]+:\d+)/.exec(stack)?.[1] ?? ''
  return `${message.replace(/"[^"]*"|[-\d.,]+(e[+-]?\d+)?/g, '#').slice(0, 30)} ${place}`
}
