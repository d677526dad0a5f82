/** The settings of one block: first those that its document states, the others on demand. */
import type { SettingMeta } from '../../formulas/index.ts'
import { layersText, type Shelf } from '../models/placed.ts'
import type { Slot } from '../models/slot.ts'
import { Folded } from '../parts/folded.tsx'
import { ExchangeBlock } from './exchange.tsx'
import styles from './panel.module.css'
import { problemAt } from './problem-at.ts'
import { SettingRow } from './setting-row.tsx'

interface Props {
  slot: Slot
  shelf: Shelf
  /** Whether a layer that holds it is pointed at. */
  lit: boolean
}

export function BlockSettings({ slot, shelf, lit }: Props) {
  const { block, layers } = shelf
  const { formulas, address } = block
  const settings = formulas.settings.filter(({ type }) => type !== 'block' && type !== 'list')
  // Norms and positions are looked at seldom.
  const attached = formulas.folder === 'norms' || formulas.folder === 'positions'
  const first = attached ? [] : upFront(settings, shelf, slot)
  const others = settings.filter((meta) => !first.includes(meta))
  const { problem } = slot
  const ofWhole = problemAt(slot, address) ?? problemAt(slot, `${address}.block`)
  const where = address.includes('.except[') && layers && (
    <span className={styles['where']}>
      layer{layers.length > 1 ? 's' : ''} {layersText(layers)}
    </span>
  )
  const hidden = others.map((meta) => (
    <SettingRow key={meta.name} slot={slot} block={block} meta={meta} />
  ))
  // What does not hold must be seen.
  const failing = others.some(({ name }) => problem?.path === `${address}.${name}`)
  if (attached)
    return (
      <details
        className={styles['attached']}
        data-lit={lit}
        data-address={address}
        open={failing || ofWhole !== undefined}
      >
        <summary>
          {formulas.title}
          {address.endsWith('.before') && ', before'}
          {address.endsWith('.after') && ', after'} {where}
        </summary>
        <Folded isOpen={failing || ofWhole !== undefined}>
          <ExchangeBlock letter={slot.letter} address={address} formulas={formulas} />
          {ofWhole && <p className={styles['problem']}>{ofWhole}</p>}
          {hidden}
        </Folded>
      </details>
    )
  return (
    <div
      className={styles['block']}
      data-lit={lit}
      data-block={formulas.name}
      data-address={address}
    >
      <div className={styles['heading']}>
        <ExchangeBlock letter={slot.letter} address={address} formulas={formulas} />
        {where}
      </div>
      {ofWhole && <p className={styles['problem']}>{ofWhole}</p>}
      {first.map((meta) => (
        <SettingRow key={meta.name} slot={slot} block={block} meta={meta} />
      ))}
      {others.length > 0 && (
        <details className={styles['more']} open={failing}>
          <summary>
            {others.length} {first.length > 0 ? 'more' : 'settings'}
          </summary>
          <Folded isOpen={failing}>{hidden}</Folded>
        </details>
      )}
    </div>
  )
}

/** What the document states; of a block it states nothing of, the sizes. */
function upFront(settings: readonly SettingMeta[], shelf: Shelf, slot: Slot): SettingMeta[] {
  const stated = settings.filter((meta) => isStated(meta, shelf, slot))
  const sizes = settings.filter(
    ({ type, follows, default_text }) =>
      type === 'count' && (follows !== undefined || Number(default_text) >= 10),
  )
  return stated.length > 0 ? stated : sizes.slice(0, 6)
}

const isStated = ({ name }: SettingMeta, { block }: Shelf, { changes }: Slot): boolean =>
  block.given[name] !== undefined || `${block.address}.${name}` in changes
