/** What a run of the command line reads from and writes to: the process it has for itself, or what a program gives it. */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Readable, Writable } from 'node:stream'

/** A stream of a process, which has the number of its file; one that a program makes has none. */
interface Numbered {
  readonly fd?: number
}

export type Output = Writable & Numbered & { readonly isTTY?: boolean }

export interface Surroundings {
  readonly stdin: Readable & Numbered
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
}

const given = new AsyncLocalStorage<Surroundings>()

/** Those of the run that asks. */
export const surroundings = (): Surroundings => given.getStore() ?? process

/** Lets `run` read and write there, itself and all that it waits for, whatever else runs meanwhile. */
export const within = <Result>(there: Surroundings, run: () => Promise<Result>): Promise<Result> =>
  given.run(there, run)
