/** The space of a search as people write it: what varies, what it must meet, what is wanted. */
import * as z from 'zod'
import type { Deployment } from '../../../architecture/deployment.ts'
import { ArchcostError } from '../../../architecture/errors.ts'
import type { Formats } from '../../../architecture/formats.ts'
import type { Architecture } from '../../../architecture/schema.ts'
import { dropUndefined } from '../../../formulas/drop-undefined.ts'
import { didYouMean } from '../../../formulas/index.ts'
import { refuseInDesign } from '../../vary/scenario-settings.ts'

const value = z.union([z.number(), z.boolean(), z.null(), z.string()])
const texts = z
  .union([z.string().min(1), z.array(z.string().min(1))])
  .transform((each) => (typeof each === 'string' ? [each] : each))
/** A number, or a text such as 128k. */
const amount = z.union([z.number(), z.string()])

const schema = z.strictObject({
  /** A document; on the command line `model` may name one instead. */
  architecture: z.looseObject({ stacks: z.array(z.unknown()) }),
  /** What is run: context, batch, dtype and so on; formats of weights by role, where there are several. */
  workload: z
    .object({ weights: z.record(z.string(), amount).optional() })
    .catchall(value.optional())
    // What is not said in a program is undefined, and not said in a file.
    .transform((said) => dropUndefined(said))
    .default({}),
  /** Where designs run, for what `fit` tells of them: a deployment document. */
  deployment: z.record(z.string(), z.unknown()).optional(),
  /** Settings that have another value in every design. */
  set: z.record(z.string(), value).default({}),
  hold: texts.default([]),
  /** A range such as `16..64:step:4`, or a list. */
  vary: z.record(z.string(), z.union([value, z.array(value).min(1)])),
  constraints: texts.default([]),
  minimise: texts.default([]),
  maximise: texts.default([]),
  /** Further quantities and settings to show of what is found. */
  show: texts.default([]),
  /** Spaces that are larger are sampled. */
  samples: amount.optional(),
  seed: z.int().min(0).default(1),
})

type Value = number | boolean | string | null
/** A space as it was read: lists where the file may hold a single text. */
export interface Space {
  architecture: Architecture
  workload: { weights?: Formats | undefined; [setting: string]: Value | Formats | undefined }
  deployment?: Deployment | undefined
  set: Record<string, Value>
  hold: string[]
  vary: Record<string, Value | Value[]>
  constraints: string[]
  minimise: string[]
  maximise: string[]
  show: string[]
  samples?: number | string | undefined
  seed: number
}

/** All keys of a space, with what a shell may add. */
export const spaceKeys = Object.keys(schema.shape)

/** @throws ArchcostError that names the key, what was found and what is expected */
export function readSpace(raw: unknown): Space {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    throw new ArchcostError(
      'invalid_workload',
      `holds no keys; expected are ${spaceKeys.join(', ')}`,
      'the space',
    )
  const checked = schema.safeParse(raw)
  if (!checked.success) {
    const issue = checked.error.issues[0]!
    if (issue.code === 'unrecognized_keys')
      throw new ArchcostError(
        'invalid_workload',
        `is no key of a space${didYouMean(issue.keys[0]!, spaceKeys) || `; expected are ${spaceKeys.join(', ')}`}`,
        issue.keys[0],
      )
    const missing = issue.path.length === 1 && !(String(issue.path[0]) in raw)
    throw new ArchcostError(
      'invalid_workload',
      missing
        ? (absent[String(issue.path[0])] ?? 'is missing')
        : (explained[String(issue.path[0])] ?? issue.message),
      issue.path.join('.') || 'the space',
    )
  }
  const space = checked.data as unknown as Space
  if (Object.keys(space.vary).length === 0)
    throw new ArchcostError(
      'invalid_workload',
      'says no setting; what varies is written as "n_layers: 16..64:step:4"',
      'vary',
    )
  for (const name of Object.keys({ ...space.workload, ...space.set })) refuseInDesign(name)
  const empty = Object.entries(space.vary).find(([, values]) => values === null)
  if (empty)
    throw new ArchcostError(
      'invalid_workload',
      'has no values; between { and } a comma begins another key, so write a list as [1, 2] and a text with commas in quotes',
      `vary.${empty[0]}`,
    )
  if (space.minimise.length + space.maximise.length === 0)
    throw new ArchcostError(
      'invalid_workload',
      'and maximise are both empty; say what is wanted, such as "minimise: flops.decode"',
      'minimise',
    )
  return space
}

const absent: Readonly<Record<string, string>> = {
  architecture: 'is missing; on the command line model may name one: "model: llama-3.1-8b"',
  vary: 'is missing; what varies is written as "vary: {n_layers: 16..64:step:4}"',
}

const explained: Readonly<Record<string, string>> = {
  vary: 'a range such as 16..64:step:4 or a list such as [1, 2, 4] is expected for each setting',
  minimise: 'a quantity or a list of quantities is expected, such as flops.decode',
  maximise: 'a quantity or a list of quantities is expected, such as params.total',
  hold: 'a setting or a list of settings is expected, such as [ffn_ratio, d_head]',
  show: 'a quantity, a setting or a list of them is expected, such as [ffn.d_ff]',
  constraints: 'a list of conditions is expected, such as "params.total <= 8e9"',
}
