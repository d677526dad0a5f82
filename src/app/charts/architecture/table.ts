/** The drawing as a table: a row for each part, those too small to be seen as well. */
import type { Area } from '../../drawing/areas.ts'
import type { Figure } from '../../drawing/figure.ts'
import { percent } from '../../drawing/label-text.ts'
import { fullName } from '../../drawing/nodes.ts'
import type { Wording } from '../../drawing/wording.ts'
import type { ChartTable } from '../chart-table.ts'

export const tableOf = (figures: readonly Figure[], area: Area, wording: Wording): ChartTable => ({
  head: ['Part', area.title, 'Share', 'KV cache'],
  rows: figures.flatMap(({ bands, letter, total, name }) =>
    bands.flatMap((band) =>
      [...band.columns.flatMap(({ parts }) => parts), ...band.small].map((part) => {
        const bytes = part.keeps === null ? null : (part.cost.cache?.bytes ?? null)
        const words = `${figures.length > 1 ? `${name}: ` : ''}${band.layers === null ? '' : `${band.title}: `}${fullName(part)}`
        return {
          key: part.id,
          label: words,
          name: words,
          cells: [
            {
              text: wording.write(part.amount),
              value: part.amount,
              ...(part.amount > 0 && { opens: { letter, quantity: part.opens } }),
            },
            { text: percent(part.amount, total), value: total ? part.amount / total : 0 },
            { text: bytes === null ? '' : wording.writeBytes(bytes), value: bytes },
          ],
        }
      }),
    ),
  ),
})
