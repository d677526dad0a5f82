/** One rank's memory against its card, for each model; all ranks as cells, of which one is looked at. */
import { useDeferredValue, useId, useMemo, useState } from 'react'
import { attempt } from '../../architecture/errors.ts'
import { stageRanks, type StageRank } from '../../engine/deploy/stage-ranks.ts'
import { findDevice } from '../../engine/hardware.ts'
import { formatBytes, formatExact } from '../../engine/numbers.ts'
import type { Evaluated } from '../models/evaluated.ts'
import type { Machine } from '../state/session.ts'
import { useResults, useSession } from '../state/store.tsx'
import { countOf, deploymentOf } from './deployment.ts'
import { givenTo } from './fits.ts'
import { machineText } from './machine-text.ts'
import { segmentsOf, type Segment } from './rank-bar.ts'
import styles from './rank-memory.module.css'

export function RankMemory() {
  const { machine } = useSession()
  const results = useDeferredValue(useResults())
  const all = useMemo(
    () => results.map((result) => ({ result, ranks: ranksOf(result, machine) })),
    [results, machine],
  )
  const { memory } = findDevice(machine.device)
  const most = Math.max(
    memory,
    ...all.flatMap(({ ranks }) => ranks.map(({ available, headroom }) => available - headroom)),
  )
  return all.map(({ result, ranks }) =>
    ranks.length === 0 ? null : (
      <OfModel
        key={`${result.letter} ${ranks.length}`}
        result={result}
        ranks={ranks}
        machine={machine}
        scale={most}
        isNamed={all.length > 1}
      />
    ),
  )
}

/** None where the model cannot be cut so, which the verdict says. */
function ranksOf(result: Evaluated, machine: Machine): readonly StageRank[] {
  const found = attempt(() => stageRanks(result.model, deploymentOf(machine), givenTo(result)))
  return found instanceof Error ? [] : found
}

interface Props {
  result: Evaluated
  ranks: readonly StageRank[]
  machine: Machine
  /** Bytes of the whole width. */
  scale: number
  isNamed: boolean
}

function OfModel({ result, ranks, machine, scale, isNamed }: Props) {
  const { bytes: manner } = useSession()
  const { memory } = findDevice(machine.device)
  const fullest = ranks.reduce(
    (least, { headroom }, stage) => (headroom < ranks[least]!.headroom ? stage : least),
    0,
  )
  const [chosen, choose] = useState<number | null>(null)
  const stage = chosen ?? fullest
  const rank = ranks[stage]!
  const { available, headroom } = rank
  const write = (bytes: number): string => formatBytes(bytes, manner)
  const segments = segmentsOf(rank, formatExact(result.workload.context))
  const part = (bytes: number): string => `${(100 * bytes) / scale}%`
  const whose = `${isNamed ? `${result.letter}: ` : ''}${countOf(machine) > 1 ? 'each of ' : ''}${machineText(machine)}${ranks.length > 1 ? `, stage ${stage + 1} of ${ranks.length}` : ''}`
  const over = headroom < 0 ? `${write(-headroom)} over` : null
  return (
    <figure className={styles['rank']} data-letter={result.letter} aria-label={`Memory of a rank, ${whose}`}>
      <figcaption>
        <strong>{whose}</strong>
        <span>{`${write(memory)} on the card, ${write(available)} usable`}</span>
      </figcaption>
      <div className={styles['bar']} aria-hidden="true">
        <div className={styles['card']} style={{ width: part(memory) }}>
          <div className={styles['unused']} style={{ width: `${(100 * (memory - available)) / memory}%` }} />
        </div>
        <div className={styles['held']}>
          {segments.map((segment) => (
            <Cells key={segment.words} segment={segment} width={part(segment.bytes)} />
          ))}
        </div>
        <div className={styles['usable']} style={{ left: part(available) }} />
        {over && <div className={styles['over']} style={{ left: part(available), width: part(-headroom) }} />}
      </div>
      <ul className={styles['words']}>
        {segments.map(({ look, isReplicated, words, bytes }) => (
          <li key={words}>
            <span className={styles[look]} data-striped={isReplicated} aria-hidden="true" />
            {words} <b>{write(bytes)}</b>
          </li>
        ))}
        {over ? <li className={styles['bad']}>{over}</li> : <li>free <b>{write(headroom)}</b></li>}
      </ul>
      <Ranks ranks={ranks} stage={stage} segmentsOf={(each) => segmentsOf(each, '')} memory={memory} onChoose={choose} />
    </figure>
  )
} // prettier-ignore

function Cells({ segment: { look, isReplicated, cells }, width }: { segment: Segment; width: string }) {
  return (
    <div className={styles[look]} data-striped={isReplicated} style={{ width }}>
      {cells > 1 && Array.from({ length: cells }, (_, place) => <i key={place} />)}
    </div>
  )
} // prettier-ignore

/** More would not be told apart; those of a stage are alike. */
const mostRanks = 16

interface RanksProps {
  ranks: readonly StageRank[]
  stage: number
  segmentsOf: (rank: StageRank) => readonly Segment[]
  memory: number
  onChoose: (stage: number) => void
}

/** The ranks side by side: each a card filled as far as it is, those of a stage alike. */
function Ranks({ ranks, stage, segmentsOf: segments, memory, onChoose }: RanksProps) {
  const name = useId()
  const all = ranks.reduce((sum, each) => sum + each.ranks, 0)
  if (all === 1) return null
  const isEach = all <= mostRanks
  return (
    <fieldset className={styles['ranks']}>
      <legend className="unseen">Stage that is looked at</legend>
      {ranks.map((rank, place) => {
        const { ranks: count } = rank
        return (
          // Stages are their places.
          // oxlint-disable-next-line react/no-array-index-key
          <label key={place}>
            {ranks.length > 1 && (
              <input type="radio" name={name} checked={place === stage} onChange={() => onChoose(place)} />
            )}
            <span className={styles['cells']} aria-hidden="true">
              {Array.from({ length: isEach ? count : 1 }, (_, each) => (
                <span key={each} className={styles['cell']}>
                  {segments(rank).toReversed().map(({ look, isReplicated, words, bytes }) => (
                    <span key={words} className={styles[look]} data-striped={isReplicated} style={{ height: `${Math.min(100, (100 * bytes) / memory)}%` }} />
                  ))}
                </span>
              ))}
            </span>
            {ranks.length > 1 ? `stage ${place + 1}, ${count} ${count > 1 ? 'ranks' : 'rank'}` : `${count} ranks hold the same amounts`}
          </label>
        )
      })}
    </fieldset>
  )
} // prettier-ignore
