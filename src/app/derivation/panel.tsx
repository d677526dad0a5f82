/** How a number comes about. Beside the results where there is room, a drawer or a whole screen where there is not. */
import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  type KeyboardEvent,
  type ReactNode,
} from 'react'
import { Panel } from '../parts/boundary.tsx'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icons.tsx'
import { useMedia } from '../parts/media.ts'
import type { Opened } from '../state/session.ts'
import { useDispatch } from '../state/store.tsx'
import { DerivationView } from './view.tsx'
import styles from './panel.module.css'

export function DerivationPanel({ opened }: { opened: Opened }) {
  const dispatch = useDispatch()
  const wide = useMedia('(min-width: 1200px)')
  const close = (): void => dispatch({ kind: 'open', opened: null })
  const Surface = wide ? Beside : Drawer
  return (
    <Surface onClose={close}>
      <Panel what="The derivation">
        <DerivationView opened={opened} />
      </Panel>
    </Surface>
  )
}

interface SurfaceProps {
  onClose: () => void
  children: ReactNode
}

function Heading({ id, onClose }: { id: string; onClose: () => void }) {
  return (
    <header className={styles['header']}>
      <h2 id={id} tabIndex={-1}>
        Where it comes from
      </h2>
      <Button look="icon" aria-label="Close the derivation" onClick={onClose}>
        <Icon name="close" />
      </Button>
    </header>
  )
}

function Beside({ onClose, children }: SurfaceProps) {
  const id = useId()
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    const element = panel.current
    element?.querySelector('h2')?.focus({ preventScroll: true })
    return () => {
      const inside = element?.contains(document.activeElement) ?? false
      const lost = document.activeElement === document.body || document.activeElement === null
      if ((inside || lost) && before instanceof HTMLElement) before.focus()
    }
  }, [])
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose()
  }
  return (
    // Escape closes it from anywhere inside; the cross does the same.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside ref={panel} className={styles['beside']} aria-labelledby={id} onKeyDown={press}>
      <Heading id={id} onClose={onClose} />
      {children}
    </aside>
  )
}

function Drawer({ onClose, children }: SurfaceProps) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  // Closed before it leaves the page, so that the keyboard goes back to where it was.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    // A click beside it is a shortcut; the cross and Escape do the same by keyboard.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      className={styles['drawer']}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      <div className={styles['inside']}>
        <Heading id={id} onClose={onClose} />
        {children}
      </div>
    </dialog>
  )
}
