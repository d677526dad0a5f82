/** Everything that the palette leads to, by its name and by what people call it. */
import { list as terms } from '../../dictionary/index.ts'
import { quantities } from '../../engine/explain/totals.ts'
import { settingsOf, type Setting } from '../../engine/vary/index.ts'
import { entries } from '../../import/catalog/index.ts'
import { isMeant, titles } from '../charts/chart-tabs.tsx'
import { placeWords } from '../models/place-words.ts'
import type { Slot } from '../models/slot.ts'
import type { Option } from '../parts/picker.tsx'
import { quantityOf } from '../results/quantities.ts'
import { charts, type ChartName, type Question } from '../state/session.ts'
import { called } from './called.ts'
import { doors } from '../state/doors.ts'
import { sidePages } from './footer.tsx'

/** Where a way leads. */
export type Target =
  | { kind: 'job'; question: Question }
  | { kind: 'page'; href: string }
  | { kind: 'chart'; chart: ChartName }
  | { kind: 'quantity'; quantity: string }
  | { kind: 'setting'; address: string }
  | { kind: 'model'; name: string }

export interface Way extends Option {
  to: Target
}

/** @param slot the model in front, whose numbers and settings are meant */
export const waysFrom = (slot: Slot, slots: readonly Slot[]): Way[] => [
  ...doors.map(({ question, link }): Way => ({
    id: `job ${question}`,
    text: link,
    detail: 'open',
    to: { kind: 'job', question },
  })),
  ...sidePages.map(({ page, title }): Way => ({
    id: `page ${page}`,
    text: title,
    detail: 'read',
    to: { kind: 'page', href: `?page=${page}` },
  })),
  ...quantities.flatMap(quantityWay),
  ...settingsOf(slot.model.architecture).flatMap(settingWay),
  ...terms.map(({ term, title, about }): Way => ({
    id: `term ${term}`,
    text: title,
    detail: 'dictionary',
    names: [term, calledOf('terms', term)].join(),
    group: about,
    to: { kind: 'page', href: `?page=dictionary&entry=${term}` },
  })),
  ...charts
    .filter((chart) => isMeant(chart, slots))
    .map((chart): Way => ({
      id: `chart ${chart}`,
      text: titles[chart],
      detail: 'chart',
      names: calledOf('charts', chart),
      to: { kind: 'chart', chart },
    })),
  ...entries.map(({ name, title, hub }): Way => ({
    id: `model ${name}`,
    text: title,
    detail: `as ${slot.letter}`,
    group: hub,
    to: { kind: 'model', name },
  })),
]

/** What no table lists has no derivation to open. */
const quantityWay = ({ name, label }: { name: string; label: string }): Way[] =>
  quantityOf(name) === undefined
    ? []
    : [
        {
          id: `quantity ${name}`,
          text: label,
          detail: 'number',
          names: [name, calledOf('quantities', name)].join(),
          to: { kind: 'quantity', quantity: name },
        },
      ]

/** What is run is chosen beside the numbers, and not by a setting of the model. */
function settingWay({ address, label, place }: Setting): Way[] {
  if (place.of === 'workload') return []
  const name = address.slice(address.lastIndexOf('.') + 1)
  const where = address.slice(0, -name.length - 1)
  const keys = place.of === 'block' ? place.meta.config_keys : []
  return [
    {
      id: `setting ${address}`,
      text: label,
      detail: where === '' ? 'setting' : `setting, ${placeWords(where).toLowerCase()}`,
      names: [address, ...keys, calledOf('settings', name)].join(),
      to: { kind: 'setting', address },
    },
  ]
}

const calledOf = (kind: keyof typeof called, name: string): string =>
  (called[kind] as Readonly<Record<string, string>>)[name] ?? ''
