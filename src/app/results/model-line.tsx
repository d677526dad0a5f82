/** Which model is being looked at, what is to be said of it, and its way to another. */
import { Panel } from '../parts/boundary.tsx'
import { Button } from '../parts/button.tsx'
import { Icon, Shape } from '../parts/icons.tsx'
import { lazyNamed } from '../parts/lazy.ts'
import { useShell } from '../parts/shell.tsx'
import { activeSlot } from '../state/session.ts'
import { letters } from '../models/letters.ts'
import { useDispatch, useResults, useSession } from '../state/store.tsx'
import { ModelName } from './model-name.tsx'
import styles from './model-line.module.css'

export const BesideModel = lazyNamed(() => import('./beside-model.tsx'), 'BesideModel')
export const ImportReport = lazyNamed(() => import('../import/report.tsx'), 'ImportReport')

export function ModelLine() {
  const session = useSession()
  const slot = activeSlot(session)
  const { architecture } = slot.model
  const dispatch = useDispatch()
  const { open } = useShell()
  const results = useResults()
  // A module that can be counted says itself that it is not.
  const notes = slot.origin.notes.filter(({ extra }) => extra === undefined)
  const context = results[0]!.workload.context
  const beyond = results.filter(({ model }) => model.architecture.max_context < context)
  return (
    <section className={styles['line']} aria-label="The model">
      <div className={styles['title']}>
        <Shape letter={slot.letter} size={14} />
        <ModelName key={slot.letter} slot={slot} />
        {architecture.model_type && <code>{architecture.model_type}</code>}
        <span className={styles['acts']}>
          <Button look={['outlined']} onClick={() => open('replace')}>
            Another model
          </Button>
          {session.slots.length > 1 && session.baseline !== slot.letter && (
            <Button
              look="outlined"
              onClick={() => dispatch({ kind: 'baseline', letter: slot.letter })}
            >
              Make baseline
            </Button>
          )}
          <Button look="outlined" onClick={() => open('counterparts')}>
            Counterparts
          </Button>
          <Button
            look="outlined"
            aria-disabled={session.slots.length === letters.length}
            onClick={() => dispatch({ kind: 'duplicate', letter: slot.letter })}
          >
            <Icon name="copy" size={14} />
            Duplicate
          </Button>
        </span>
      </div>
      {slot.problem && (
        <p className={styles['problem']} role="alert">
          <Icon name="warning" />
          <span>
            {slot.problem.message.replace(/\.?$/, '.')} The numbers below are those of the last
            settings that hold.
          </span>
        </p>
      )}
      {(beyond.length > 0 || slot.document.extra) && (
        <Panel
          what="What is to be known of the model"
          waiting={<p className={styles['waiting']} />}
        >
          <BesideModel slot={slot} beyond={beyond} context={context} />
        </Panel>
      )}
      {notes.map(({ level, text }) => (
        <p key={text} className={styles[level]}>
          <Icon name={level} />
          <span>{text}</span>
        </p>
      ))}
      {slot.origin.report && (
        <Panel what="The import’s report" waiting={<p className={styles['waiting']} />}>
          <ImportReport report={slot.origin.report} />
        </Panel>
      )}
    </section>
  )
}
