/** Modules beside a model that are counted only where they are asked for, such as those of multi-token prediction. */
import { useMemo } from 'react'
import { extraParams } from '../../engine/extra-modules.ts'
import { formatExact } from '../../engine/numbers.ts'
import { addressOfModule } from '../models/changes.ts'
import type { Slot } from '../models/slot.ts'
import { useDispatch } from '../state/store.tsx'
import styles from './model-line.module.css'

/** What the names that documents use stand for. */
const words: Readonly<Record<string, string>> = { mtp: 'multi-token prediction (mtp)' }

export function ExtraModules({ slot: { letter, document, changes } }: { slot: Slot }) {
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
