/** Which model is being looked at, what is to be said of it, and its way to another. */
import type { Evaluated } from '../models/evaluated.ts'
import { Panel } from '../parts/boundary.tsx'
import { Button } from '../parts/button.tsx'
import { Icon, Shape } from '../parts/icons.tsx'
import { lazyNamed } from '../parts/lazy.ts'
import { useShell } from '../parts/shell.tsx'
import { activeSlot } from '../state/session.ts'
import { letters } from '../models/letters.ts'
import { useDispatch, useResults, useSession } from '../state/store.tsx'
import { ExtraModules } from './extra-modules.tsx'
import { ModelName } from './model-name.tsx'
import styles from './model-line.module.css'

const ImportReport = lazyNamed(() => import('../import/report.tsx'), 'ImportReport')

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
      {beyond.length > 0 && (
        <p className={styles['warning']}>
          <Icon name="warning" />
          <span>
            {beyond.map(({ name }) => name).join(' and ')} {beyond.length > 1 ? 'were' : 'was'} not
            made for a context this long: at most{' '}
            {beyond
              .map(({ model }) => model.architecture.max_context.toLocaleString('en-US'))
              .join(' and ')}{' '}
            tokens. What it costs is counted all the same.{stretchText(beyond, context)}
          </span>
        </p>
      )}
      <ExtraModules slot={slot} />
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
