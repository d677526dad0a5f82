/** All published models on one map and in one table, with the visitor's own among them. */
import { useCallback, useDeferredValue, useMemo, useRef } from 'react'
import { formatExact } from '../../engine/numbers.ts'
import { entries } from '../../import/catalog/index.ts'
import type { ChartTable } from '../charts/chart-table.ts'
import { Files } from '../charts/files.tsx'
import { commonContext } from '../models/evaluated.ts'
import page from '../parts/page.module.css'
import { withoutZeros, written, show } from '../results/show.ts'
import { useDispatch, useResults, useSession } from '../state/store.tsx'
import { deviceText } from '../verdict/machine-text.ts'
import styles from './atlas.module.css'
import { axisOf, type Axis } from './axes.ts'
import {
  fitsColumn,
  kindColumn,
  nameColumn,
  sorted,
  yearColumn,
  type AtlasColumn,
} from './columns.ts'
import { Controls } from './controls.tsx'
import { findingOf, frontierFinding } from './finding.ts'
import { Legend } from './legend.tsx'
import { narrowed, ownAs, publishedAs, type Listed } from './listed.ts'
import { AtlasMap } from './map.tsx'
import { AtlasTable } from './table.tsx'
import { useCosts, type Costs } from './use-costs.ts'
import { fitsOf, useFits } from './use-fits.ts'
import { usePress } from './use-press.ts'

export function AtlasPage() {
  const { slots, workload } = useSession()
  const context = commonContext(slots, workload)
  const costs = useCosts(workload, context)
  return (
    <article className={`${page['page']} ${styles['page']}`}>
      <h1>Every model on one map</h1>
      <p className={page['lead']}>
        {entries.length} published models, read from their config.json and costed at{' '}
        {formatExact(context)} tokens. A press opens one, with Shift it is added beside those in
        view.
      </p>
      <Controls context={context} />
      {costs === null ? (
        <p role="status" className={styles['waiting']}>
          Costing {entries.length} models…
        </p>
      ) : (
        <Atlas costs={costs} />
      )}
    </article>
  )
}

function Atlas({ costs }: { costs: Costs }) {
  const { atlas, bytes, machine, workload } = useSession()
  const picture = useRef<HTMLDivElement>(null)
  const results = useResults()
  const dispatch = useDispatch()
  const { press, hint } = usePress()
  const { context, batch } = costs
  const flops_per_mac = results[0]!.workload.flops_per_mac
  const fits = useFits(machine, workload, context)
  const published = useMemo(
    () => costs.models.map((each) => publishedAs(each, fits?.get(each.entry.name) ?? null)),
    [costs, fits],
  )
  const own = useMemo(
    () => results.map((each) => ownAs(each, fitsOf(each.model, machine, each.workload))),
    [results, machine],
  )
  const words = useDeferredValue(atlas.words ?? '')
  const found = useMemo(() => narrowed(published, atlas, words), [published, atlas, words])
  const axisIds = `${atlas.x} ${atlas.y}`
  const told = useMemo(() => {
    const manner = { bytes, flops_per_mac }
    const valueOf = (axis: Axis, { cost }: Listed): number | null =>
      cost && axis.of(cost, context * batch)
    const columnOf = (axis: Axis): AtlasColumn => ({
      id: axis.id,
      label: axis.label,
      value: (model) => valueOf(axis, model),
      write: (model) => written(valueOf(axis, model), axis.counted, manner),
      exact: (model) => show(valueOf(axis, model), axis.counted, manner).exact,
    })
    const ids = ['params.total', 'params.active', 'cache.per_token', ...axisIds.split(' ')]
    const numbers = [...new Set(ids.map(axisOf))].map(columnOf)
    return {
      valueOf,
      writeTick: (axis: Axis, value: number): string =>
        withoutZeros(written(value, axis.counted, manner)),
      columns: [nameColumn, yearColumn, ...numbers, fitsColumn(deviceText(machine))],
      facts: [kindColumn, yearColumn, ...numbers, fitsColumn(deviceText(machine))],
    }
  }, [bytes, flops_per_mac, context, batch, axisIds, machine])
  const column = told.columns.find(({ id }) => id === atlas.sort) ?? nameColumn
  const rows = useMemo(
    () => sorted(found, column, atlas.descending),
    [found, column, atlas.descending],
  )
  const onSort = useCallback(
    (sort: string, descending: boolean) => dispatch({ kind: 'atlas', set: { sort, descending } }),
    [dispatch],
  )
  const hrefOf = useCallback(
    ({ id }: Listed): string => `?v=2&a=${id}&context=${context}`,
    [context],
  )
  const [x, y] = [axisOf(atlas.x), axisOf(atlas.y)]
  const hasPlace = (value: number | null, kind: 'log' | 'linear'): boolean =>
    value !== null && (kind === 'linear' || value > 0)
  const undrawn = found.filter(
    (model) =>
      !hasPlace(told.valueOf(x, model), atlas.x_scale) ||
      !hasPlace(told.valueOf(y, model), atlas.y_scale),
  )
  const finding = [
    findingOf(y, context, found, (model) => told.valueOf(y, model), told.writeTick),
    frontierFinding(x, found, told.valueOf, y, told.writeTick),
  ]
    .filter((each) => each !== null)
    .join('. ')
  const table: ChartTable = {
    head: told.columns.map(({ label }) => label),
    rows: [...rows, ...own].map((model) => ({
      key: model.id,
      label: model.title,
      name: model.title,
      cells: told.columns
        .slice(1)
        .map(({ value, write }) => ({ text: write(model), value: value(model) })),
    })),
  }
  return (
    <div className={styles['columns']}>
      <figure className={styles['figure']}>
        <figcaption>{finding}</figcaption>
        <div ref={picture}>
          <AtlasMap
            models={[...found, ...own]}
            all={[...published, ...own]}
            x={{ axis: x, kind: atlas.x_scale, text: x.label }}
            y={{ axis: y, kind: atlas.y_scale, text: y.label }}
            valueOf={told.valueOf}
            writeTick={told.writeTick}
            facts={told.facts}
            context={context}
            hint={hint}
            hrefOf={hrefOf}
            onPress={press}
          />
        </div>
        <Legend x={x.label} y={y.label} context={context} undrawn={undrawn.length} />
        <Files
          name={`${y.label} against ${x.label}`}
          table={table}
          picture={picture}
          caption={() => [
            finding,
            `${y.label} against ${x.label} at ${formatExact(context)} tokens · ${location.host}${location.pathname}${location.search}`,
          ]}
        />
      </figure>
      <div className={styles['list']}>
        <p role="status" className={page['found']}>
          {found.length === published.length
            ? `${published.length} models`
            : `${found.length} found`}
        </p>
        <AtlasTable
          models={rows}
          columns={told.columns}
          sort={column.id}
          descending={atlas.descending}
          onSort={onSort}
          hrefOf={hrefOf}
          onPress={press}
        />
      </div>
    </div>
  )
}
