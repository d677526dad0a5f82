/** How far a search has come: which stretches are done and what they found. Kept in a file, it can be gone on with. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { mergeFindings, type Findings } from '../../engine/ask/search/findings.ts'
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

/**
 * @param space the text of the space, which must be that of the search gone on with
 * @throws CommandError where the file cannot be written
 */
export function saveProgress(file: string, space: string, { done, findings }: Progress): void {
  const text = JSON.stringify({
    space,
    done,
    findings: findings && {
      ...findings,
      unbuildable: [...findings.unbuildable],
      // JSON has no infinity; it stands where a condition ruled out nothing.
      ruled_out: findings.ruled_out.map((each) => ({
        ...each,
        miss: each.count === 0 ? null : each.miss,
      })),
    },
  })
  // An interrupted write must not cost what was there before.
  try {
    writeFileSync(`${file}.part`, text)
    renameSync(`${file}.part`, file)
  } catch (error) {
    throw new CommandError(`${file} cannot be written: ${(error as Error).message}`)
  }
}

/** @throws CommandError where the file is of another search, or of none */
export function loadProgress(file: string, space: string): Progress {
  if (!existsSync(file)) return begun
  let saved: { space?: unknown; done: Stretch[]; findings: Saved | null } | null
  try {
    saved = JSON.parse(readFileSync(file, 'utf8')) as typeof saved
  } catch (error) {
    throw new CommandError(`${file} cannot be gone on with: ${(error as Error).message}`)
  }
  if (saved?.space !== space)
    throw new CommandError(
      `${file} is of another search, or of this one before it was changed; name another file or remove it`,
    )
  const { done, findings } = saved
  return {
    done,
    findings: findings && {
      ...findings,
      unbuildable: new Map(findings.unbuildable),
      ruled_out: findings.ruled_out.map((each) => ({ ...each, miss: each.miss ?? Infinity })),
    },
  }
}

type Saved = Omit<Findings, 'unbuildable' | 'ruled_out'> & {
  unbuildable: [string, { count: number; place: number }][]
  ruled_out: { count: number; place: number; miss: number | null }[]
}
