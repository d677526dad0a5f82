#!/usr/bin/env node
/** The command line's entry: turns errors into messages and exit statuses. */
import { isMainThread } from 'node:worker_threads'
import { ArchcostError } from '../architecture/errors.ts'
import { NumberError } from '../engine/numbers.ts'
import { FormulaError } from '../formulas/formula-error.ts'
import { CommandError, UsageError } from './errors.ts'
import { watchOutput, say, styled } from './output.ts'
import { run } from './run.ts'
import { visible } from './visible.ts'

/** What an error says; one that nobody foresaw says so, and spares the reader its stack. */
function messageOf(error: unknown): string {
  const foreseen = [ArchcostError, CommandError, FormulaError, NumberError, UsageError]
  if (foreseen.some((kind) => error instanceof kind)) return (error as Error).message
  return `a mistake in archcost itself, please report it with your input: ${error instanceof Error ? error.message : String(error)}`
}

async function main(): Promise<void> {
  watchOutput()
  try {
    // Set, not called: what is written to a pipe must arrive first.
    process.exitCode = await run(process.argv.slice(2))
  } catch (error) {
    say(`${styled('red', 'archcost:', process.stderr)} ${visible(messageOf(error))}\n`)
    process.exitCode = error instanceof UsageError ? 2 : 1
  }
}

// A search starts this program again, in threads that work for it.
if (isMainThread) await main()
else await (await import('./search/worker.ts')).serve()
