/** The keys of the page, and the switch that turns the single-letter ones off. */
import { useState } from 'react'
import { keyList } from './key-list.ts'
import { keysAreOn, switchKeys } from './shortcuts.ts'
import styles from './keys.module.css'

export function Keys() {
  const [on, setOn] = useState(keysAreOn)
  return (
    <div className={styles['keys']}>
      <dl>
        {keyList.map(({ keys, does }) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => {
            switchKeys(event.currentTarget.checked)
            setOn(event.currentTarget.checked)
          }}
        />
        Keys of a single letter work outside fields
      </label>
    </div>
  )
}
