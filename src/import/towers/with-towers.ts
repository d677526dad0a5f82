/** Gives the architecture of a language model the towers that the config describes beside it. */
import { prepare } from '../../architecture/check.ts'
import { ArchcostError } from '../../architecture/errors.ts'
import type { Architecture, Tower } from '../../architecture/schema.ts'
import type { TowerRole } from '../../formulas/index.ts'
import { ImportLog } from '../log.ts'
import { Reader } from '../reader.ts'
import { decodes } from '../stacks.ts'
import type { TextConfig } from '../text-config.ts'
import { towersOf } from './index.ts'
import { kindsIn } from './left-out.ts'
import { seeingAhead } from './two-way.ts'

export interface WithTowers {
  architecture: Architecture
  /** Kinds of towers that the config has and that are not counted. */
  uncounted: readonly TowerRole[]
}

/**
 * The language model's own count stands whatever is known of its towers; of those that are not modelled, or whose values do
 * not fit together, a note says so.
 */
export function withTowers(
  text: Architecture,
  { holders, path: at }: Pick<TextConfig, 'holders' | 'path'>,
  log: ImportLog,
): WithTowers {
  if (holders.length === 0) {
    // A family that reads the whole config describes its towers itself.
    noteCounted(text.towers ?? [], [], log)
    return { architecture: text, uncounted: [] }
  }
  const there = [...new Set(holders.flatMap(({ config }) => kindsIn(config)))]
  const holder = holders.find(({ model_type }) => towersOf(model_type))
  if (!holder) return without(text, there, at, log)
  const family = towersOf(holder.model_type)!
  // Of towers that turn out not to be known, nothing that was read counts.
  const own = new ImportLog()
  const { config, path } = holder
  const c = new Reader(config, { path, log: own, defaults: family.defaults })
  try {
    const towers = family.build(c, text)
    if (towers.length > 0) prepare({ ...text, towers })
    const unmodelled = family.unmodelled?.(c) ?? []
    for (const [key, entry] of own.entries) log.write(key, entry)
    for (const { level, text: said } of own.notes) log.note(level, said)
    noteCounted(towers, unmodelled, log)
    const two_way = typeof family.two_way === 'function' ? family.two_way(c) : family.two_way
    const seeing = two_way && towers.length > 0 && decodes(text) ? seeingAhead(text, two_way) : text
    const headed = family.head ? withHead(seeing, family.head(c, text)) : seeing
    return { architecture: joined(headed, towers, unmodelled), uncounted: unmodelled }
  } catch (error) {
    if (!(error instanceof ArchcostError)) throw error
    return without(text, there, at, log, error)
  }
}

const withHead = (text: Architecture, settings: Record<string, unknown>): Architecture => ({
  ...text,
  stacks: text.stacks.map((stack) => ({
    ...stack,
    output: stack.output.map((use) =>
      use.block === 'output-head' ? { ...use, ...settings } : use,
    ),
  })),
})

const joined = (
  text: Architecture,
  towers: Tower[],
  unmodelled: readonly TowerRole[],
): Architecture => ({
  ...text,
  ...(towers.length > 0 && { towers }),
  ...(unmodelled.length > 0 && { unmodelled_towers: [...unmodelled] }),
})

function without(
  text: Architecture,
  there: readonly TowerRole[],
  path: string,
  log: ImportLog,
  error?: ArchcostError,
): WithTowers {
  const why = error?.message
  log.note(
    error === undefined || error.code === 'unsupported' ? 'info' : 'warning',
    `Only the language model${path === '' ? '' : ` (${path.slice(0, -1)})`} is counted, without ${there.length === 0 ? 'vision or audio' : `its ${listed(there)}`}${why === undefined ? '' : `: ${why}`}.`,
  )
  return { architecture: joined(text, [], there), uncounted: there }
}

function noteCounted(
  towers: readonly Tower[],
  unmodelled: readonly TowerRole[],
  log: ImportLog,
): void {
  if (towers.length > 0) {
    const roles = [...new Set(towers.map(({ role }) => role))]
    log.note(
      'info',
      `Parameters, weights and cache are the language model's, and so are its FLOPs where no image or sound is given; params.whole and flops.towers also count its ${listed(roles)}.`,
    )
  }
  const speaking = [...new Set(towers.flatMap(({ role }) => (speaks(role) ? [role] : [])))]
  if (speaking.length > 0)
    log.note(
      'info',
      `Of the ${listed(speaking)}, which ${speaking.length > 1 ? 'make' : 'makes'} speech of what is decoded, parameters are counted, and neither FLOPs nor a cache.`,
    )
  if (unmodelled.length > 0)
    log.note('info', `Not counted, since it is not modelled: ${listed(unmodelled)}.`)
}

const speaks = (role: TowerRole): boolean => role === 'talker' || role === 'codec'

const words: Readonly<Record<TowerRole, string>> = {
  vision: 'vision tower',
  audio: 'audio tower',
  projector: 'projector',
  talker: 'talker',
  codec: 'codec',
}
const listed = (roles: readonly TowerRole[]): string => {
  const all = roles.map((role) => words[role])
  return [all.slice(0, -1).join(', '), ...all.slice(-1)].filter((word) => word !== '').join(' and ')
}
