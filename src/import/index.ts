/** A published `config.json` -> an architecture document, with a report of every key. */
import { ArchcostError } from '../architecture/errors.ts'
import { prepare } from '../architecture/check.ts'
import type { Model } from '../architecture/model.ts'
import type { Architecture } from '../architecture/schema.ts'
import type { Family } from './family.ts'
import { familyOf } from './families/index.ts'
import { accountFor } from './account.ts'
import { foreignMechanism } from './foreign.ts'
import type { Stored } from './header/stored.ts'
import { withHead } from './head.ts'
import { costsNothing } from './ignored.ts'
import { ImportLog } from './log.ts'
import { refuseNesting } from './nesting.ts'
import { readPlain, refuseForeign } from './plain.ts'
import { withPrediction } from './prediction.ts'
import { withWeights } from './quantisation/with-weights.ts'
import { Reader } from './reader.ts'
import type { ImportReport, Note } from './report.ts'
import { findText, type TextConfig } from './text-config.ts'
import { withTowers } from './towers/with-towers.ts'
import { refuseByName, refuseDraft, refuseUnmodelled } from './unmodelled.ts'

export type { ImportReport, Note } from './report.ts'
export { modelTypes } from './families/index.ts'

export interface Imported {
  architecture: Architecture
  report: ImportReport
  notes: Note[]
  /** What the tensors take, of a model that was read from a header which lists them. */
  stored?: Stored
}

/**
 * Reads a config of any family that is known, or of one that is a plain transformer.
 * @throws ArchcostError `invalid_config` with the key, what was found and what is expected; `unsupported` with the mechanism
 */
export function importConfig(config: unknown): Imported {
  refuseNesting(config)
  const log = new ImportLog()
  const found = findText(config, log)
  refuseUnmodelled(found.model_type, found.path)
  const family = found.model_type === null ? undefined : familyOf(found.model_type)
  const c = new Reader(found.text, {
    path: found.path,
    log,
    outside: found.outside,
    defaults: {
      ...family?.defaults,
      ...found.usual,
      ...(found.model_type !== null && { model_type: found.model_type }),
    },
  })
  refuseDraft(found.built?.name ?? '')
  if (!family) {
    refuseEncoder(found)
    refuseByName(found.model_type, found.built?.name ?? '')
  }
  const read = asDecided(family ? family.build(c) : readPlain(c), found)
  const text = withHead(c, read, found.built, family)
  const { architecture: built, uncounted } = withTowers(text, found, log)
  const places = [
    [found.text, found.path],
    [config as object, ''],
  ] as const
  const weighed = withWeights(built, checked(built), places, log)
  for (const doubt of found.doubts) c.log.note('warning', doubt)
  if (found.doubts.length > 0) refuseForeign(c, (key, value) => costsNothing([key], value))
  noteOrigin(c, found, family)
  const architecture = withPrediction(c, weighed, family)
  const report = accountFor(config as object, log, uncounted)
  noteLeftovers(c, report, found)
  return { architecture, report, notes: c.log.notes }
}

/** A plain transformer is a decoder; what fills in masked words is not. */
function refuseEncoder({ built }: TextConfig): void {
  if (built?.name.endsWith('ForMaskedLM'))
    throw new ArchcostError(
      'unsupported',
      `names ${built.name.slice(0, 60)}, an encoder of a family that is not modelled`,
      'architectures',
    )
}

/** Families read their name off the config, which may say another than what was decided. */
function asDecided(architecture: Architecture, { model_type }: TextConfig): Architecture {
  if (model_type === null || architecture.model_type === model_type) return architecture
  const named_after_it = architecture.name === architecture.model_type
  return { ...architecture, model_type, ...(named_after_it && { name: model_type }) }
}

/** What a document must be is the engine's to say; here its errors are about the config. */
function checked(architecture: Architecture): Model {
  try {
    return prepare(architecture)
  } catch (error) {
    if (error instanceof ArchcostError && error.code === 'invalid_architecture') {
      throw new ArchcostError('invalid_config', `its values do not fit together: ${error.message}`)
    }
    throw error
  }
}

function noteOrigin(
  { log }: Reader,
  { model_type, path }: TextConfig,
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
  const shape = ['hidden_size', 'num_hidden_layers'].filter(
    (key) => log.entries.get(path + key)?.kind === 'defaulted',
  )
  if (shape.length > 0)
    log.note(
      'warning',
      `${shape.join(' and ')} ${shape.length > 1 ? 'are' : 'is'} missing; the family's default is taken.`,
    )
}

function noteLeftovers(c: Reader, report: ImportReport, { model_type }: TextConfig): void {
  const foreign = c
    .unread()
    .filter(({ key, value }) => foreignMechanism(key, value) !== null)
    .filter(({ path }) =>
      report.not_understood.some((name) => name === path || name.startsWith(`${path}.`)),
    )
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
