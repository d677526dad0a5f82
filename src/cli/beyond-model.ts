/** A context that is longer than what a model is made for is computed, and said to be. */
import { formatExact } from '../engine/numbers.ts'
import type { Note } from '../import/report.ts'
import { noteLines, say } from './output.ts'
import { surroundings } from './surroundings.ts'
import { visible } from './visible.ts'

export function beyondModel(context: number, longest: number): Note[] {
  if (context <= longest) return []
  const text = `the context of ${formatExact(context)} is beyond the ${formatExact(longest)} that the model is made for`
  return [{ level: 'warning', text }]
}

/** Says it on standard error, where a table has no place for it. */
export function sayBeyond(name: string, context: number, longest: number): void {
  const lines = noteLines(
    beyondModel(context, longest),
    surroundings().stderr,
    `${visible(name)}: `,
  )
  for (const line of lines) say(line)
}
