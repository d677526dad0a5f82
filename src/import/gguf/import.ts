/** A GGUF header -> an architecture document, held against the tensors of the file. */
import { ArchcostError } from '../../architecture/errors.ts'
import { formatExact } from '../../engine/numbers.ts'
import { importConfig, type Imported } from '../index.ts'
import { importHeader } from '../header/index.ts'
import type { Note } from '../report.ts'
import { configOf } from './config.ts'
import { Facts } from './facts.ts'
import { factorTensors, type GgufHeader } from './header.ts'
import { knownFrom } from './known.ts'

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
  const byFormulas = (): Imported => {
    const read = importConfig(configOf(facts))
    return {
      ...read,
      architecture: { ...read.architecture, name: facts.name ?? read.architecture.name },
    }
  }
  const known = knownFrom(whole, facts.architecture, facts.name)
  const imported =
    whole.tensors.length === 0
      ? withoutTensors(byFormulas())
      : importHeader({ tensors: whole.tensors, packing: { bits: 4 }, known }, byFormulas)
  // A document of listed weights says nothing of rotary embeddings.
  const turns = imported.architecture.stacks.some(({ layer }) => JSON.stringify(layer).includes('"rotary"')) // prettier-ignore
  return { ...imported, notes: [...imported.notes, ...(turns ? factorNotes(whole, facts) : [])] }
}

const withoutTensors = (imported: Imported): Imported => ({
  ...imported,
  notes: [
    ...imported.notes,
    {
      level: 'warning',
      text: 'the file lists no tensors, so its metadata alone is read, as the config.json of its family',
    },
  ],
})

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
