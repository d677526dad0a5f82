/** One run of the command line: what was written after its name in, an exit status out. */
import { ArchcostError } from '../architecture/errors.ts'
import { NumberError } from '../engine/read-number.ts'
import { FormulaError } from '../formulas/formula-error.ts'
import { CommandError, ReaderEnded, UsageError } from './errors.ts'
import { say, styled } from './output.ts'
import { run } from './run.ts'
import { surroundings } from './surroundings.ts'
import { visible } from './visible.ts'

/** What an error says; one that nobody foresaw says so, and spares the reader its stack. */
function messageOf(error: unknown): string {
  const foreseen = [ArchcostError, CommandError, FormulaError, NumberError, UsageError]
  if (foreseen.some((kind) => error instanceof kind)) return (error as Error).message
  return `a mistake in archcost itself, please report it with your input: ${error instanceof Error ? error.message : String(error)}`
}

/** As a shell tells that a program was ended by SIGPIPE, which Node ignores. */
const endedByReader = 128 + 13

/** @returns the exit status; errors are said on standard error, none is thrown */
export async function program(words: readonly string[]): Promise<number> {
  try {
    return await run([...words])
  } catch (error) {
    if (error instanceof ReaderEnded) return endedByReader
    const { stderr } = surroundings()
    say(`${styled('red', 'archcost:', stderr)} ${visible(messageOf(error))}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}
