/** The models of the map as rows: sorted by any column, opened by their names, added by a button. */
import { memo } from 'react'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icons.tsx'
import styles from './atlas.module.css'
import type { AtlasColumn } from './columns.ts'
import type { Listed } from './listed.ts'

interface Props {
  /** In the order they are shown. */
  models: readonly Listed[]
  columns: readonly AtlasColumn[]
  sort: string
  descending: boolean
  onSort: (id: string, descending: boolean) => void
  hrefOf: (model: Listed) => string
  onPress: (model: Listed, isAdding: boolean) => void
}

export const AtlasTable = memo(function AtlasTable(props: Props) {
  const { models, columns, sort, descending, onSort, hrefOf, onPress } = props
  const [first, ...others] = columns
  return (
    <table className={styles['table']}>
      <caption className="unseen">Published models</caption>
      <thead>
        <tr>
          {columns.map(({ id, label }) => (
            <th
              key={id}
              scope="col"
              data-column={id}
              aria-sort={id !== sort ? undefined : descending ? 'descending' : 'ascending'}
            >
              <button type="button" onClick={() => onSort(id, id === sort && !descending)}>
                {label}
                {id === sort && <Icon name={descending ? 'down' : 'up'} size={12} />}
              </button>
            </th>
          ))}
          <td />
        </tr>
      </thead>
      <tbody>
        {models.map((model) => (
          <tr key={model.id}>
            <th scope="row">
              <a
                href={hrefOf(model)}
                onClick={(event) => {
                  if (event.metaKey || event.ctrlKey || event.altKey) return
                  event.preventDefault()
                  onPress(model, event.shiftKey)
                }}
              >
                {first!.write(model)}
              </a>
            </th>
            {others.map(({ id, write, exact }) => (
              <td key={id} data-column={id} title={exact?.(model)}>
                {write(model)}
              </td>
            ))}
            <td className={styles['acts']}>
              <Button
                look={['small', 'icon']}
                aria-label={`Add ${model.title}`}
                title="Add beside the models in view"
                onClick={() => onPress(model, true)}
              >
                <Icon name="add" />
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
})
