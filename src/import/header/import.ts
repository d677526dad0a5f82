/** The header of a checkpoint -> a model: its tensors are counted, and formulas of its family explain them and are held against them. */
import { ArchcostError } from '../../architecture/errors.ts'
import type { Architecture } from '../../architecture/schema.ts'
import { evaluate, prepare, type Cost } from '../../engine/index.ts'
import { formatExact } from '../../engine/numbers.ts'
import type { Imported } from '../index.ts'
import type { Note } from '../report.ts'
import {
  extraWords,
  verify,
  type Extra,
  type Packing,
  type Row,
  type Tensor,
} from '../verify/index.ts'
import { countTensors, type Counted } from './counted.ts'
import { listDocument } from './document.ts'
import type { Known } from './known.ts'
import { formatsOf, storedIn, type Stored } from './stored.ts'

export interface Header {
  tensors: readonly Tensor[]
  packing: Packing
  known: Known
}

/**
 * Reads the model whose tensors a header lists.
 * @param byFormulas reads it by the formulas of its family, and throws where these do not know it
 * @throws ArchcostError where no tensor is a parameter
 */
export function importHeader(
  { tensors, packing, known }: Header,
  byFormulas: () => Imported,
): Imported {
  const counted = countTensors(tensors, packing, known.n_layers)
  const explained = attempt(byFormulas)
  if ('refused' in explained) return listed(counted, known, () => refusedNote(explained.refused))
  const { imported } = explained
  const model = prepare(imported.architecture)
  const found = verify(model, tensors, packing)
  if (!found.exact) return listed(counted, known, differsNote(imported.architecture, found.rows))
  const counts = evaluate(model, { bytes_per_weight: 1 }).weights.by_role
  const stored = storedIn(counted)
  const sum = `the tensors of the file add up to the computed ${formatExact(found.computed)} parameters, layer by layer`
  return {
    ...imported,
    architecture: { ...imported.architecture, weights: formatsOf(counted, counts) },
    stored,
    notes: [...imported.notes, { level: 'info', text: sum }, bytesNote(stored)],
  }
}

/** @param why formulas do not have the last word, of the document that has it */
function listed(
  counted: readonly Counted[],
  known: Known,
  why: (document: Architecture) => Note,
): Imported {
  const { architecture: bare, notes } = listDocument(counted, known)
  const architecture = { ...bare, weights: formatsOf(counted) }
  const stored = storedIn(counted)
  const nothing = { defaulted: {}, derived: {}, left_out: [], ignored: [], not_understood: [] }
  return {
    architecture,
    report: { read: known.read, ...nothing },
    stored,
    notes: [why(architecture), ...notes, ...extraNotes(counted), bytesNote(stored)],
  }
}

const refusedNote = (refused: string): Note => ({
  level: 'warning',
  text: `no formulas read this model (${refused}); its tensors are counted as the header lists them`,
})

function attempt(read: () => Imported): { imported: Imported } | { refused: string } {
  try {
    return { imported: read() }
  } catch (error) {
    if (error instanceof ArchcostError) return { refused: error.message }
    throw error
  }
}

/** Which roles differ from the formulas, and by how much; where it begins. */
const differsNote =
  (formulas: Architecture, rows: readonly Row[]) =>
  (counted: Architecture): Note => {
    const [mine, theirs] = [paramsOf(counted), paramsOf(formulas)]
    const difference = mine.total - theirs.total
    const roles = (Object.keys(mine.by_role) as (keyof typeof mine.by_role)[]).flatMap((role) => {
      const more = mine.by_role[role] - theirs.by_role[role]
      return more === 0 ? [] : [`${role.replaceAll('_', ' ')} ${moreOrFewer(more)}`]
    })
    const first = rows.find(({ computed, stored }) => computed !== stored)?.place
    const where = first === undefined ? '' : `, first at ${first}`
    return {
      level: 'warning',
      text: `the tensors of the file hold ${moreOrFewer(difference, ' values')} than the formulas of ${formulas.model_type?.slice(0, 60) ?? 'the family'} compute${where}${roles.length === 0 ? '' : ` (${roles.join(', ')})`}; the tensors are counted`,
    }
  }

const paramsOf = (architecture: Architecture): Cost['params'] =>
  evaluate(prepare(architecture)).params
const moreOrFewer = (difference: number, what = ''): string =>
  `${formatExact(Math.abs(difference))}${what} ${difference < 0 ? 'fewer' : 'more'}`

/** What is stored beside the parameters, by kind. */
const extraNotes = (counted: readonly Counted[]): Note[] =>
  (Object.keys(extraWords) as Extra[]).flatMap((extra): Note[] => {
    const some = counted.filter((each) => each.extra === extra)
    if (some.length === 0) return []
    const values = some.reduce((sum, { weights }) => sum + weights, 0)
    return [{ level: 'info', text: `Not counted: ${formatExact(values)} values of ${extraWords[extra]}.` }] // prettier-ignore
  })

function bytesNote({ bytes, by_type }: Stored): Note {
  const types = Object.entries(by_type).map(
    ([type, each]) => `${type.slice(0, 20)} ${formatExact(each.bytes)}`,
  )
  const unknown = Object.entries(by_type).some(([, each]) => each.bytes === 0 && each.values > 0)
  return {
    level: unknown ? 'warning' : 'info',
    text: `The tensors take ${formatExact(bytes)} bytes: ${types.slice(0, 12).join(', ')}${unknown ? '; the size of a type is not known' : ''}.`,
  }
}
