/** The models in view: each a letter, a colour and a shape. */
import { letters } from '../models/letters.ts'
import { useDispatch, useSession } from '../state/store.tsx'
import { Button } from '../parts/button.tsx'
import { Icon, Shape } from '../parts/icons.tsx'
import { useShell } from '../parts/shell.tsx'
import styles from './top-bar.module.css'

export function ModelTabs() {
  const { slots, active } = useSession()
  const dispatch = useDispatch()
  const { open } = useShell()
  return (
    <nav className={styles['tabs']} aria-label="Models">
      {slots.map(({ letter, model, changes }) => {
        const name = model.architecture.name
        const changed = Object.keys(changes).length > 0
        return (
          <div
            key={letter}
            className={styles['tab']}
            data-active={letter === active}
            data-letter={letter}
          >
            <button
              type="button"
              className={styles['pick']}
              aria-current={letter === active ? 'true' : undefined}
              title={changed ? `${name}, changed` : name}
              onClick={() => dispatch({ kind: 'activate', letter })}
            >
              <Shape letter={letter} />
              <span className={styles['letter']}>{letter}</span>
              <span data-changed={changed}>
                {name}
                {changed && <span className="unseen">, changed</span>}
              </span>
            </button>
            {slots.length > 1 && (
              <Button
                look={['icon', 'small']}
                aria-label={`Close model ${letter}`}
                onClick={() => dispatch({ kind: 'remove', letter })}
              >
                <Icon name="close" size={12} />
              </Button>
            )}
          </div>
        )
      })}
      {slots.length < letters.length && (
        <Button className={styles['add'] ?? ''} onClick={() => open('add')}>
          <Icon name="add" size={14} />
          Add
        </Button>
      )}
    </nav>
  )
}
