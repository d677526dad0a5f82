/** The architecture as a picture, to scale: area is what is asked for, bands are layers, and bars beside them what they keep. */
import { useMemo } from 'react'
import { areaOf, areas } from '../../drawing/areas.ts'
import { arrange } from '../../drawing/arrange.ts'
import { figureOf, type Figure } from '../../drawing/figure.ts'
import { legendOf } from '../../drawing/legend.ts'
import { treeOf } from '../../drawing/nodes.ts'
import { wordingOf } from '../../drawing/wording.ts'
import { useMedia } from '../../parts/media.ts'
import { Segments } from '../../parts/segments.tsx'
import { ratio } from '../../results/show.ts'
import type { MeasureName } from '../../state/session.ts'
import { useDispatch, useResults, useSession } from '../../state/store.tsx'
import { ChartFrame } from '../frame.tsx'
import styles from './drawing.module.css'
import { Sign } from './paint.tsx'
import { Stage } from './stage.tsx'
import { tableOf } from './table.ts'
import { useWidth } from '../use-width.ts'

export function Drawing() {
  const { chart, bytes, baseline } = useSession()
  const dispatch = useDispatch()
  const results = useResults()
  const area = areaOf(chart.quantity)
  const wording = wordingOf(area, bytes, results[0]!)
  const figures = useMemo(
    () => results.map((result) => figureOf(result, areaOf(chart.quantity))),
    [results, chart.quantity],
  )
  const [frame, width] = useWidth()
  const isSmall = useMedia('(max-width: 860px)')
  const base = figures.find(({ letter }) => letter === baseline) ?? figures[0]!
  const toBase = ({ letter, total }: Figure): string =>
    letter === base.letter ? '' : `, ${ratio(total, base.total)} ${base.letter}`
  const picture = arrange(figures, width ?? (isSmall ? 328 : 860), wording, toBase)
  const choose = (quantity: MeasureName): void => dispatch({ kind: 'chart', set: { quantity } })
  const alone = figures.length === 1
  return (
    <ChartFrame
      finding={alone ? 'The architecture, to scale' : 'The architectures, at one scale'}
      name={`${figures.map(({ name }) => name).join(', ')}, ${area.title}`}
      table={tableOf(figures, area, wording)}
      open={false}
      isTree
      caption={() => [
        figures
          .map(({ name, total }) => `${name}: ${total === null ? '—' : wording.write(total)}`)
          .join(' · '),
        `${area.title} at ${results[0]!.workload.context.toLocaleString('en-US')} tokens · ${location.host}${location.pathname}${location.search}`,
      ]}
      controls={
        isSmall ? (
          <select
            aria-label="What area means"
            value={area.id}
            onChange={(event) => choose(event.currentTarget.value as MeasureName)}
          >
            {areas.map(({ id, title }) => (
              <option key={id} value={id}>
                Area: {title}
              </option>
            ))}
          </select>
        ) : (
          <Segments
            label="What area means"
            value={area.id}
            choices={areas.map(({ id, title }) => ({ value: id, text: title }))}
            onChange={choose}
          />
        )
      }
      below={<Legend entries={legendOf(figures, area, wording)} />}
    >
      {/* Its room is there before its width is known, so that nothing below moves. */}
      <div ref={frame} className={styles['figure']} style={{ minHeight: picture.height }}>
        {width !== null && (
          <Stage picture={picture} nodes={treeOf(figures, area, wording)} area={area} />
        )}
      </div>
    </ChartFrame>
  )
}

function Legend({ entries }: { entries: ReturnType<typeof legendOf> }) {
  return (
    <ul className={`${styles['legend']} ${styles['model']}`}>
      {entries.map(({ glyph, text }) => (
        <li key={text}>
          {glyph !== null && (
            <svg width={13} height={13} aria-hidden="true">
              <Sign glyph={glyph} />
            </svg>
          )}
          {text}
        </li>
      ))}
    </ul>
  )
}
