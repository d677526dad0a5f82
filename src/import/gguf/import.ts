/** A GGUF header -> an architecture document, held against the tensors of the file. */
import { ArchcostError } from '../../architecture/errors.ts'
import { prepare } from '../../engine/index.ts'
import { formatExact } from '../../engine/numbers.ts'
import { importConfig, type Imported } from '../index.ts'
import type { Note } from '../report.ts'
import { verify } from '../verify/index.ts'
import { configOf } from './config.ts'
import { Facts } from './facts.ts'
import { factorTensors, type GgufHeader } from './header.ts'

/**
 * Reads the model that a file holds; of one that is split, the headers of all parts.
 * @throws ArchcostError where its architecture is not read
 */
export function importGguf(headers: readonly GgufHeader[]): Imported {
  const [first] = headers as [GgufHeader, ...GgufHeader[]]
  refuseIncomplete(first, headers.length)
  const whole: GgufHeader = {
    ...first,
    tensors: headers.flatMap(({ tensors }) => tensors),
    factors: new Map(headers.flatMap(({ factors }) => [...factors])),
  }
  const facts = new Facts(whole)
  const { architecture, report, notes } = importConfig(configOf(facts))
  const named = { ...architecture, name: facts.name ?? architecture.name }
  return {
    architecture: named,
    report,
    notes: [...notes, ...tensorNotes(whole, named), ...factorNotes(whole, facts)],
  }
}

/** A part alone says a whole model's keys and holds some of its tensors, which would be read as a smaller or tied one. */
function refuseIncomplete({ values }: GgufHeader, parts: number): void {
  const count = values.get('split.count')
  if (typeof count !== 'number' || count <= parts) return
  throw new ArchcostError(
    'invalid_config',
    `is ${formatExact(count)}, but ${parts === 1 ? 'one part is' : `${formatExact(parts)} parts are`} read; the command line reads all that stand beside each other as NAME-00001-of-0000N.gguf, or give the config.json`,
    'split.count',
  )
}

/** The tensors have the last word: what was read is right where they add up. */
function tensorNotes(header: GgufHeader, architecture: Imported['architecture']): Note[] {
  const found = verify(prepare(architecture), header.tensors, { bits: 4 })
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
  return notes
}

/** Rotary factors stand among the tensors, so they are known only where the file itself is read, and as plain numbers. */
function factorNotes({ tensors, factors }: GgufHeader, facts: Facts): Note[] {
  const stored = tensors.map(({ name }) => name).filter((name) => ofFactors.includes(name))
  if (stored.length === 0) return []
  const type = facts.text('rope.scaling.type')
  const other = type !== undefined && type !== 'none' && type !== 'longrope'
  if (!other && stored.every((name) => factors.has(name)))
    return [
      {
        level: 'info',
        text: `rotary frequencies are divided by the factors in ${stored.join(' and ')}`,
      },
    ]
  const why = other
    ? `beside a scaling of its own (${type.slice(0, 40)})`
    : 'which could not be read'
  return [
    {
      level: 'warning',
      text: `rotary frequencies are not known: the file divides them by factors in ${stored.join(' and ')}, ${why}; they are shown without`,
    },
  ]
}

const ofFactors: readonly string[] = Object.values(factorTensors)
