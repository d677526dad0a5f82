/** Said of few models: that they were not made for so long a context, and modules beside them that are counted where they are asked for. */
import { useMemo } from 'react'
import { extraParams } from '../../engine/extra-modules.ts'
import { formatExact } from '../../engine/numbers.ts'
import { addressOfModule } from '../models/changes.ts'
import type { Evaluated } from '../models/evaluated.ts'
import type { Slot } from '../models/slot.ts'
import { Icon } from '../parts/icons.tsx'
import { useDispatch } from '../state/store.tsx'
import styles from './model-line.module.css'

interface Props {
  slot: Slot
  /** The models whose longest context is shorter than the one asked about. */
  beyond: readonly Evaluated[]
  context: number
}

export function BesideModel({ slot, ...of }: Props) {
  return (
    <>
      {of.beyond.length > 0 && <BeyondContext {...of} />}
      <ExtraModules slot={slot} />
    </>
  )
}

function BeyondContext({ beyond, context }: Omit<Props, 'slot'>) {
  return (
    <p className={styles['warning']}>
      <Icon name="warning" />
      <span>
        {beyond.map(({ name }) => name).join(' and ')} {beyond.length > 1 ? 'were' : 'was'} not made
        for a context this long: at most{' '}
        {beyond
          .map(({ model }) => model.architecture.max_context.toLocaleString('en-US'))
          .join(' and ')}{' '}
        tokens. What it costs is counted all the same.{stretchText(beyond, context)}
      </span>
    </p>
  )
}

/** How far rotary positions would have to be stretched; others cannot be. */
function stretchText(beyond: readonly Evaluated[], context: number): string {
  const factors = beyond
    .filter(({ model }) => isStretchable(model))
    .map(({ model }) => Math.ceil(context / model.architecture.max_context))
  if (factors.length === 0) return ''
  return ` Rotary positions stretched ${factors.join(' and ')} times, as YaRN and others do, would reach it.`
}

const isStretchable = ({ stacks }: Evaluated['model']): boolean =>
  stacks.some(({ groups }) =>
    groups.some(({ blocks }) =>
      blocks.some(({ formulas }) => formulas.settings.some(({ name }) => name === 'scaling')),
    ),
  )

/** What the names that documents use stand for. */
const words: Readonly<Record<string, string>> = { mtp: 'multi-token prediction (mtp)' }

function ExtraModules({ slot: { letter, document, changes } }: Pick<Props, 'slot'>) {
  const dispatch = useDispatch()
  const params = useMemo(() => extraParams(document), [document])
  return (document.extra ?? []).map(({ name, n_layers }) => {
    const address = addressOfModule(name)
    const isCounted = address in changes
    return (
      <label key={name} className={styles['info']}>
        <input
          type="checkbox"
          checked={isCounted}
          onChange={() =>
            dispatch(
              isCounted
                ? { kind: 'revert', letter, address }
                : { kind: 'change', letter, address, value: true },
            )
          }
        />
        <span>
          Count {words[name] ?? `the extra module ${name}`}: {formatExact(params[name]!)} parameters
          in {n_layers === 1 ? 'one more layer' : `${n_layers} more layers`}
        </span>
      </label>
    )
  })
}
