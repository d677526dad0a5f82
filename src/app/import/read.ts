/** A pasted or dropped text -> an architecture: a `config.json`, or a document of archcost's own. */
import { ArchcostError, prepare } from '../../engine/index.ts'
import { importConfig } from '../../import/index.ts'
import { slotOf } from '../models/slot.ts'
import type { Letter, Slot } from '../state/session.ts'

/** @throws ArchcostError that says what is wrong and where */
export function slotFromText(text: string, name: string | null, letter: Letter): Slot {
  const json = parse(text)
  if (isDocument(json))
    return slotOf(letter, prepare(json), { catalogue: null, report: null, notes: [] })
  const { architecture, report, notes } = importConfig(json)
  const document = name === null ? architecture : { ...architecture, name }
  return slotOf(letter, prepare(document), { catalogue: null, report, notes })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new ArchcostError(
      'invalid_json',
      `This is not JSON: ${place((error as Error).message, text)}`,
    )
  }
}

/** Browsers say where in several ways; a line and a column are what an editor shows. */
function place(message: string, text: string): string {
  const position = /position (\d+)/.exec(message)?.[1]
  if (position === undefined || /line \d/.test(message)) return message
  const before = text.slice(0, Number(position)).split('\n')
  return `${message} (line ${before.length} column ${before.at(-1)!.length + 1})`
}

const isDocument = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'stacks' in json
