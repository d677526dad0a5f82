/**
 * Changes to an architecture document, by address: `n_layers`, `mixer.n_heads`, `mixer.except[0].window`, `mixer.block`;
 * `extra.mtp` counts an extra module.
 */
import { withExtra } from '../../architecture/extra.ts'
import type { Architecture, Exception } from '../../engine/index.ts'
import { pathOf } from '../../engine/vary/address.ts'
import { readAt, replaceAt } from '../../engine/vary/path.ts'
import type { SettingValue } from '../../engine/vary/setting.ts'

export type { SettingValue }
/** A setting's value, or the exceptions of a sublayer. */
export type ChangeValue = SettingValue | readonly Exception[]
/** In the order they were made; a later change sees the earlier ones. */
export type Changes = Readonly<Record<string, ChangeValue>>

type Holder = Readonly<Record<string, unknown>>

/** @throws ArchcostError where an address leads nowhere in the document */
export function applyChanges(document: Architecture, changes: Changes): Architecture {
  let changed = document
  for (const [address, value] of Object.entries(changes)) {
    const module = moduleAt(address)
    if (module !== null) {
      changed = withExtra(changed, [module])
      continue
    }
    const path = pathOf(changed, address)
    changed =
      path.at(-1) === 'block'
        ? replaceAt(
            changed,
            path.slice(0, -1),
            exchanged(readAt(changed, path.slice(0, -1)), value),
          )
        : replaceAt(changed, path, value)
  }
  return changed
}

/** Where a change counts an extra module. */
export const addressOfModule = (name: string): string => `extra.${name}`
const moduleAt = (address: string): string | null => /^extra\.(.+)$/.exec(address)?.[1] ?? null

/** One change more: it comes last, and what it replaces is forgotten. */
export function withChange(changes: Changes, address: string, value: ChangeValue): Changes {
  const kept = Object.entries(changes).filter(([other]) => !isReplaced(other, address))
  return { ...Object.fromEntries(kept), [address]: value }
}

function isReplaced(other: string, address: string): boolean {
  if (other === address || other.startsWith(`${address}.`) || other.startsWith(`${address}[`))
    return true
  const place = /^(.+)\.block$/.exec(address)?.[1]
  if (place === undefined || !other.startsWith(`${place}.`)) return false
  // Another block has settings of its own.
  return !/^(before|after|except)\b/.test(other.slice(place.length + 1))
}

/** Keys of a sublayer or an exception that stay when its block is exchanged. */
const structural = new Set(['name', 'before', 'after', 'share', 'except', 'layers'])

/** Another block in the same place; what stays is the place's, and exceptions that bring a block of their own. */
function exchanged(place: unknown, block: ChangeValue): unknown {
  if (typeof place !== 'object' || place === null) return { block }
  const kept = Object.fromEntries(Object.entries(place).filter(([key]) => structural.has(key)))
  if (Array.isArray(kept['except']))
    kept['except'] = (kept['except'] as Holder[]).filter((exception) => 'block' in exception)
  return { ...kept, block }
}
