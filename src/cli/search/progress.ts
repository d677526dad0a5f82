/** How far a search has come: which stretches are done and what they found. Kept in a file, it can be gone on with. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import * as z from 'zod'
import { version } from '../../../package.json'
import { mergeFindings, type Findings } from '../../engine/ask/search/findings.ts'
import { fingerprint as formulas } from '../../formulas/generated/fingerprint.ts'
import { CommandError } from '../errors.ts'

/** Looks from one number up to another, which is not looked at. */
export interface Stretch {
  from: number
  to: number
}

export interface Progress {
  /** In order, none touching the next. */
  done: readonly Stretch[]
  findings: Findings | null
}

export const begun: Progress = { done: [], findings: null }

export const lookedAt = ({ done }: Progress): number =>
  done.reduce((sum, { from, to }) => sum + to - from, 0)

/** Adds what one stretch found. */
export function withStretch(
  progress: Progress,
  { from, to }: Stretch,
  findings: Findings,
): Progress {
  const joined: Stretch[] = []
  for (const each of [...progress.done, { from, to }].toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last?.to === each.from) joined[joined.length - 1] = { from: last.from, to: each.to }
    else joined.push(each)
  }
  return {
    done: joined,
    findings: progress.findings === null ? findings : mergeFindings(progress.findings, findings),
  }
}

/** What is left of `total` looks, in stretches of at most `size`. */
export function* left({ done }: Progress, total: number, size: number): Generator<Stretch> {
  let from = 0
  for (const next of [...done, { from: total, to: total }]) {
    for (; from < next.from; from = Math.min(from + size, next.from))
      yield { from, to: Math.min(from + size, next.from) }
    from = next.to
  }
}

const natural = z.int().min(0)
const refusal = z.strictObject({ count: natural, place: natural })
const schema = z.strictObject({
  fingerprint: z.string(),
  done: z.array(z.strictObject({ from: natural, to: natural })),
  findings: z.nullable(
    z.strictObject({
      looked: natural,
      designs: natural,
      feasible: natural,
      duplicates: natural,
      unbuildable: z.array(z.tuple([z.string(), refusal])),
      // JSON has no infinity; it stands where a condition ruled out nothing.
      ruled_out: z.array(refusal.extend({ miss: z.nullable(z.number()) })),
      front: z.array(
        z.strictObject({ place: natural, goals: z.array(z.number()), equal: z.int().min(1) }),
      ),
    }),
  ),
})
type Saved = Omit<z.infer<typeof schema>, 'fingerprint'>

/** Of what was found, and of all that it was found with: where one of them differs, nothing in a file is to be believed. */
const fingerprintOf = (space: string, { done, findings }: Saved): string =>
  createHash('sha256')
    .update(JSON.stringify([version, formulas, space, done, findings]))
    .digest('hex')

/**
 * @param space the text of the space
 * @throws CommandError where the file cannot be written
 */
export function saveProgress(file: string, space: string, { done, findings }: Progress): void {
  const saved: Saved = {
    done: [...done],
    findings: findings && {
      ...findings,
      unbuildable: [...findings.unbuildable],
      ruled_out: findings.ruled_out.map((each) => ({
        ...each,
        miss: each.count === 0 ? null : each.miss,
      })),
      front: findings.front.map((point) => ({ ...point, goals: [...point.goals] })),
    },
  }
  // An interrupted write must not cost what was there before.
  try {
    writeFileSync(
      `${file}.part`,
      JSON.stringify({ fingerprint: fingerprintOf(space, saved), ...saved }),
    )
    renameSync(`${file}.part`, file)
  } catch (error) {
    throw new CommandError(`${file} cannot be written: ${(error as Error).message}`)
  }
}

/**
 * @param space the text of the space
 * @throws CommandError where the file is of another search, version or formulas, or is damaged
 */
export function loadProgress(file: string, space: string): Progress {
  if (!existsSync(file)) return begun
  const checked = schema.safeParse(readJson(file))
  if (!checked.success || checked.data.fingerprint !== fingerprintOf(space, checked.data))
    throw new CommandError(
      `${file} is not of this space, version and formulas, or is damaged; name another file or remove it`,
    )
  const { done, findings } = checked.data
  return {
    done,
    findings: findings && {
      ...findings,
      unbuildable: new Map(findings.unbuildable),
      ruled_out: findings.ruled_out.map((each) => ({ ...each, miss: each.miss ?? Infinity })),
    },
  }
}

/** @returns undefined where the file holds no JSON */
function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw new CommandError(`${file} cannot be read: ${(error as Error).message}`)
  }
}
