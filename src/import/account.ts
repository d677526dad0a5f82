/** Where every key of a config went: into exactly one list of the report. */
import { costsNothing } from './ignored.ts'
import { leavesOf, type Leaf } from './leaves.ts'
import type { Entry, ImportLog } from './log.ts'
import type { ImportReport } from './report.ts'
import type { TowerRole } from '../formulas/index.ts'
import { ofJoint, ofTower } from './towers/left-out.ts'

/** @param uncounted the kinds of towers that the config describes and the architecture does not hold */
export function accountFor(
  config: object,
  log: ImportLog,
  uncounted: readonly TowerRole[],
): ImportReport {
  const report: ImportReport = {
    read: {},
    defaulted: {},
    derived: {},
    left_out: [],
    ignored: [],
    not_understood: [],
  }
  const leaves = leavesOf(config)
  for (const leaf of leaves) {
    const entry = log.about(leaf.path) ?? unread(leaf, uncounted)
    if (entry === null) report.not_understood.push(leaf.path)
    else enter(report, leaf.path, entry, leaf.value)
  }
  const known = new Set(leaves.map(({ path }) => path))
  for (const [path, entry] of log.entries)
    if (!known.has(path) && (entry.kind === 'defaulted' || entry.kind === 'derived'))
      enter(report, path, entry)
  return report
}

function enter(report: ImportReport, path: string, entry: Entry, value?: unknown): void {
  switch (entry.kind) {
    case 'read':
    case 'defaulted':
      report[entry.kind][path] = entry.value
      return
    case 'derived':
      report.derived[path] = { value: entry.value, from: entry.from }
      return
    case 'left_out':
      report.left_out.push({
        name: path,
        why: entry.why,
        ...(entry.extra !== undefined && { extra: entry.extra, value }),
      })
      return
    case 'ignored':
      report.ignored.push(path)
  }
}

/** What no reader asked for; null where nothing is known of it. */
function unread({ keys, value }: Leaf, uncounted: readonly TowerRole[]): Entry | null {
  const tower = ofTower(keys, uncounted)
  if (tower !== null) return { kind: 'left_out', why: tower }
  if (costsNothing(keys, value)) return { kind: 'ignored' }
  const joint = uncounted.length > 0 ? ofJoint(keys.at(-1)!) : null
  return joint === null ? null : { kind: 'left_out', why: joint }
}
