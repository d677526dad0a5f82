/** What the table's columns and the card on the map say of a model. */
import { dash } from '../results/show.ts'
import type { Listed } from './listed.ts'
import { kindsText } from './kinds.ts'

export interface AtlasColumn {
  id: string
  label: string
  /** What rows are sorted by: a number, or a text. */
  value: (model: Listed) => number | string | null
  write: (model: Listed) => string
  /** Every digit. */
  exact?: (model: Listed) => string
}

export const nameColumn: AtlasColumn = {
  id: 'name',
  label: 'Model',
  value: ({ title }) => title.toLowerCase(),
  write: ({ title }) => title,
}

export const kindColumn: AtlasColumn = {
  id: 'kind',
  label: 'Kind',
  value: ({ kinds }) => kindsText(kinds),
  write: ({ kinds }) => kindsText(kinds),
}

export const yearColumn: AtlasColumn = {
  id: 'year',
  label: 'Year',
  value: ({ year }) => year,
  write: ({ year }) => (year === null ? dash : String(year)),
}

/** @param device as people call it */
export const fitsColumn = (device: string): AtlasColumn => ({
  id: 'fits',
  label: `${device} needed`,
  value: ({ fits }) => fits?.fewest ?? null,
  write: ({ fits }) => (fits === null ? '…' : fits.fewest === null ? dash : String(fits.fewest)),
})

/** Rows by a column; those without a value last, whichever way. */
export function sorted(
  models: readonly Listed[],
  { value }: AtlasColumn,
  descending: boolean,
): Listed[] {
  const sign = descending ? -1 : 1
  return models.toSorted((one, other) => {
    const [a, b] = [value(one), value(other)]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    return a === b ? 0 : a < b ? -sign : sign
  })
}
