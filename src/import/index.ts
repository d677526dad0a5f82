/** A published `config.json` -> an architecture document, with a report of every key. */
import { ArchcostError } from '../architecture/errors.ts'
import { prepare } from '../architecture/check.ts'
import type { Architecture } from '../architecture/schema.ts'
import type { Family } from './family.ts'
import { familyOf } from './families/index.ts'
import { namesForeignMechanism } from './foreign.ts'
import { costsNothing } from './ignored.ts'
import { readPlain } from './plain.ts'
import { Reader } from './reader.ts'
import type { ImportReport, Note } from './report.ts'
import { findText, type TextConfig } from './text-config.ts'
import { refuseUnmodelled } from './unmodelled.ts'

export type { ImportReport, Note } from './report.ts'
export { modelTypes } from './families/index.ts'

export interface Imported {
  architecture: Architecture
  report: ImportReport
  notes: Note[]
}

/**
 * Reads a config of any family that is known, or of one that is a plain transformer.
 * @throws ArchcostError `invalid_config` with the key, what was found and what is expected; `unsupported` with the mechanism
 */
export function importConfig(config: unknown): Imported {
  const found = findText(config)
  refuseUnmodelled(found.model_type, found.path)
  const family = found.model_type === null ? undefined : familyOf(found.model_type)
  const c = new Reader(found.text, {
    path: found.path,
    defaults: {
      ...family?.defaults,
      ...(found.model_type !== null && { model_type: found.model_type }),
    },
  })
  const architecture = family ? family.build(c) : readPlain(c)
  checked(architecture)
  noteOrigin(c, found, family)
  notePrediction(c)
  const report = reportOf(c)
  noteLeftovers(c, report, found)
  return { architecture, report, notes: c.log.notes }
}

/** What a document must be is the engine's to say; here its errors are about the config. */
function checked(architecture: Architecture): void {
  try {
    prepare(architecture)
  } catch (error) {
    if (error instanceof ArchcostError && error.code === 'invalid_architecture') {
      throw new ArchcostError('invalid_config', `its values do not fit together: ${error.message}`)
    }
    throw error
  }
}

function noteOrigin(
  { log }: Reader,
  { model_type, has_towers, path }: TextConfig,
  family: Family | undefined,
): void {
  if (!family) {
    log.note(
      'warning',
      `${model_type === null ? 'The config names no family (model_type)' : `The family ${model_type.slice(0, 60)} is not known`}; it is read as a plain transformer, which is not verified.`,
    )
  } else if (family.unverified) {
    log.note(
      'info',
      `The family ${model_type} is read from its published code and is not verified against a built model.`,
    )
  }
  if (has_towers)
    log.note(
      'info',
      `Only the language model${path === '' ? '' : ` (${path.slice(0, -1)})`} is counted, without vision or audio.`,
    )
  const shape = ['hidden_size', 'num_hidden_layers'].filter((key) => log.defaulted.has(path + key))
  if (shape.length > 0)
    log.note(
      'warning',
      `${shape.join(' and ')} ${shape.length > 1 ? 'are' : 'is'} missing; the family's default is taken.`,
    )
}

function reportOf(c: Reader): ImportReport {
  const unread = c.unread()
  const [costless, others] = [
    unread.filter(({ key, value }) => costsNothing(key, value)),
    unread.filter(({ key, value }) => !costsNothing(key, value)),
  ]
  return {
    read: Object.fromEntries(c.log.read),
    defaulted: Object.fromEntries(c.log.defaulted),
    ignored: [...c.log.ignored, ...costless.map(({ path }) => path)],
    not_understood: others.map(({ path }) => path),
  }
}

/** Modules that predict further tokens stand in checkpoints beside the model. */
function notePrediction(c: Reader): void {
  const modules =
    c.optionalCount('num_nextn_predict_layers', 0) ??
    c.optionalCount('num_mtp_layers', 0) ??
    c.optionalCount('num_mtp_modules', 0)
  if (modules)
    c.log.note(
      'info',
      `Multi-token prediction (${modules} module${modules > 1 ? 's' : ''}) is not counted.`,
    )
}

function noteLeftovers(c: Reader, report: ImportReport, { model_type }: TextConfig): void {
  const foreign = c
    .unread()
    .filter(({ key, value }) => namesForeignMechanism(key, value) && !costsNothing(key, value))
  for (const { path } of foreign)
    c.log.note(
      'warning',
      `${path} names a mechanism that ${model_type} does not have; it is not counted.`,
    )
  const { length } = report.not_understood
  if (length === 0) return
  const some = report.not_understood.slice(0, 8).map((path) => path.slice(0, 60))
  c.log.note(
    'warning',
    `${length} ${length > 1 ? 'keys were' : 'key was'} not understood and not counted: ${some.join(', ')}${length > 8 ? ', ...' : ''}.`,
  )
}
