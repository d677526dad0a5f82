/** A GGUF header -> an architecture document, held against the tensors of the file. */
import { prepare } from '../../engine/index.ts'
import { formatExact } from '../../engine/numbers.ts'
import { importConfig, type Imported } from '../index.ts'
import type { Note } from '../report.ts'
import { verify } from '../verify/index.ts'
import { configOf } from './config.ts'
import { Facts } from './facts.ts'
import type { GgufHeader } from './header.ts'

/**
 * Reads the model that a file holds; of one that is split, the headers of all parts.
 * @throws ArchcostError where its architecture is not read
 */
export function importGguf(headers: readonly GgufHeader[]): Imported {
  const [first] = headers as [GgufHeader, ...GgufHeader[]]
  const whole: GgufHeader = { ...first, tensors: headers.flatMap(({ tensors }) => tensors) }
  const facts = new Facts(whole)
  const { architecture, report, notes } = importConfig(configOf(facts))
  const named = { ...architecture, name: facts.name ?? architecture.name }
  return { architecture: named, report, notes: [...notes, ...tensorNotes(whole, named)] }
}

/** The tensors have the last word: what was read is right where they add up. */
function tensorNotes(header: GgufHeader, architecture: Imported['architecture']): Note[] {
  const found = verify(prepare(architecture), header.tensors, { bits: 4 })
  const names = new Set(header.tensors.map(({ name }) => name))
  const notes: Note[] = []
  if (found.exact)
    notes.push({
      level: 'info',
      text: `the tensors of the file add up to the computed ${formatExact(found.computed)} parameters, layer by layer`,
    })
  else {
    const off = found.rows.filter((row) => row.computed !== row.stored).map(({ place }) => place)
    const where = off.length === 0 ? '' : `, first at ${off[0]}`
    notes.push({
      level: 'warning',
      text: `the tensors of the file hold ${formatExact(Math.abs(found.unexplained))} values ${found.unexplained < 0 ? 'fewer' : 'more'} than computed${where}; the file says too little of its model, use its config.json`,
    })
  }
  if (names.has('rope_freqs.weight') || names.has('rope_factors_long.weight')) {
    notes.push({
      level: 'warning',
      text: 'rotary frequencies are scaled by factors that the file stores as a tensor, which is not read: they are shown without',
    })
  }
  return notes
}
