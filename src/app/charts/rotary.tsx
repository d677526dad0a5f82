/** Rotary wavelengths per pair of dimensions: of each model's layers, or of one model under each way of scaling. */
import { useMemo } from 'react'
import { prepareChecked } from '../../architecture/prepare.ts'
import { rotary } from '../../engine/explanations.ts'
import type { RotaryEntry } from '../../engine/index.ts'
import { formatShort } from '../../engine/numbers.ts'
import { applyChanges } from '../models/changes.ts'
import type { Evaluated } from '../models/evaluated.ts'
import { Segments } from '../parts/segments.tsx'
import { useActive, useDispatch, useResults, useSession } from '../state/store.tsx'
import styles from './frame.module.css'
import { Lines } from './lines.tsx'
import type { Series } from './series.ts'

const views = [
  { value: 'models', text: 'As it is' },
  { value: 'scalings', text: 'Under each scaling' },
] as const

export function Rotary() {
  const view = useSession().chart.rotary
  const dispatch = useDispatch()
  const results = useResults()
  const active = useActive()
  const series = useMemo(
    () => (view === 'models' ? results.flatMap(linesOf) : scaled(active)),
    [view, results, active],
  )
  const controls = (
    <Segments
      label="Lines"
      value={view}
      choices={views}
      onChange={(next) => dispatch({ kind: 'chart', set: { rotary: next } })}
    />
  )
  if (series.length === 0)
    return (
      <>
        <div className={styles['controls']}>{controls}</div>
        <p>No layer of these models turns queries and keys.</p>
      </>
    )
  const pairs = Math.max(...series.map(({ values }) => values.length))
  const shown =
    view === 'scalings' ? active : results.find(({ letter }) => series[0]!.id.startsWith(letter))!
  const { max_context } = shown.model.architecture
  const first = series[0]!.values
  const longer = first.filter(
    (wavelength) => wavelength === null || wavelength > max_context,
  ).length
  return (
    <Lines
      finding={
        view === 'models'
          ? `${longer} of ${first.length} pairs of dimensions of ${shown.name} never make a full turn in its context`
          : `What each scaling makes of the wavelengths of ${shown.name}`
      }
      name="Rotary wavelengths in tokens"
      axis={{
        label: 'Pair of dimensions',
        places: Array.from({ length: pairs }, (_, pair) => pair),
        write: String,
        log: false,
      }}
      series={series}
      write={(wavelength) => `${formatShort(wavelength)} tokens`}
      levels={contextsOf(view === 'models' ? results : [active])}
      controls={controls}
    />
  )
}

/** What models are made for, once for those that are made for the same. */
const contextsOf = (results: readonly Evaluated[]): { label: string; value: number }[] =>
  [...new Set(results.map(({ model }) => model.architecture.max_context))].map((value) => {
    const made = results.filter(({ model }) => model.architecture.max_context === value)
    return { label: `context of ${made.map(({ letter }) => letter).join(', ')}`, value }
  })

const entriesOf = ({ model, workload }: Evaluated): readonly RotaryEntry[] =>
  rotary(model, workload) ?? []

function linesOf(result: Evaluated): Series[] {
  const entries = entriesOf(result)
  return entries.map(({ layers, inv_freq }, place) => ({
    id: `${result.letter}-${place}`,
    label:
      entries.length > 1 ? `${result.letter} ${layers.replace('_attention', '')}` : result.letter,
    colour: `var(--${result.letter.toLowerCase()})`,
    dashed: place > 0,
    values: wavelengths(inv_freq),
  }))
}

/** A frequency of 0 never turns. */
const wavelengths = (frequencies: readonly number[]): (number | null)[] =>
  frequencies.map((frequency) => (frequency === 0 ? null : (2 * Math.PI) / frequency))

const looks = [
  { colour: 'var(--soft)', dash: undefined },
  { colour: 'var(--a)', dash: '9 4' },
  { colour: 'var(--b)', dash: '2 3' },
  { colour: 'var(--c)', dash: '9 3 2 3' },
  { colour: 'var(--d)', dash: '5 2' },
  { colour: 'var(--warn)', dash: '12 3' },
  { colour: 'var(--bad)', dash: '3 6' },
]

/** The first block that turns, with each scaling in place of its own; those it lacks the settings for are left out. */
function scaled(result: Evaluated): Series[] {
  const block = result.model.stacks
    .flatMap(({ groups }) => groups.flatMap(({ blocks }) => blocks))
    .find(({ formulas }) => formulas.settings.some(({ name }) => name === 'scaling'))
  const scaling = block?.formulas.settings.find(({ name }) => name === 'scaling')
  if (!block || !scaling) return []
  // Without an extension of its own, all would be as they are.
  const factor = block.given['factor'] ?? 8
  return scaling.of!.flatMap((value, place): Series[] => {
    try {
      const model = prepareChecked(
        applyChanges(result.model.architecture, {
          [`${block.address}.scaling`]: value,
          [`${block.address}.factor`]: factor as number,
        }),
      )
      const [entry] = entriesOf({ ...result, model })
      return entry
        ? [{ id: value, label: value, values: wavelengths(entry.inv_freq), ...looks[place]! }]
        : []
    } catch {
      return []
    }
  })
}
