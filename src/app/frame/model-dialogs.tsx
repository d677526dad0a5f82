/** The dialogs of the page, one at a time. What they need is loaded when they open. */
import { slotFromCatalogue } from '../models/catalogue.ts'
import { activeSlot } from '../state/session.ts'
import { freeLetter } from '../models/slot.ts'
import { useDispatch, useSession } from '../state/store.tsx'
import { Panel } from '../parts/boundary.tsx'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { lazyNamed } from '../parts/lazy.ts'
import { useShell, type Sheet } from '../parts/shell.tsx'

const Chooser = lazyNamed(() => import('../models/chooser.tsx'), 'Chooser')
const Counterparts = lazyNamed(() => import('./counterparts.tsx'), 'Counterparts')
const ImportForm = lazyNamed(() => {
  // The verdict on what is opened is wanted next; what cannot be fetched is said there.
  import('../verdict/say.ts').catch(() => {})
  return import('../import/form.tsx')
}, 'ImportForm')
const SharePanel = lazyNamed(() => import('../share/panel.tsx'), 'SharePanel')
const Palette = lazyNamed(() => import('./palette.tsx'), 'Palette')
const Keys = lazyNamed(() => import('./keys.tsx'), 'Keys')

const titles = {
  add: 'Add a model',
  replace: 'Another model',
  counterparts: 'Counterparts',
  import: 'Import an architecture',
  share: 'Share',
  palette: 'Go to',
  keys: 'Keyboard',
} as const

export function ModelDialogs({ sheet }: { sheet: Sheet }) {
  const { open } = useShell()
  const close = (): void => open(null)
  return (
    <Dialog key={sheet} title={titles[sheet]} onClose={close} wide={sheet === 'import'}>
      <Panel what="The dialog" waiting={<p role="status">Loading…</p>}>
        {(sheet === 'add' || sheet === 'replace') && <Choose adding={sheet === 'add'} />}
        {sheet === 'counterparts' && <Counterparts onDone={close} />}
        {sheet === 'import' && <ImportForm onDone={close} />}
        {sheet === 'share' && <SharePanel />}
        {sheet === 'palette' && <Palette />}
        {sheet === 'keys' && <Keys />}
      </Panel>
    </Dialog>
  )
}

function Choose({ adding }: { adding: boolean }) {
  const session = useSession()
  const dispatch = useDispatch()
  const { open, say } = useShell()
  const choose = async (name: string): Promise<void> => {
    const free = adding ? freeLetter(session.slots) : undefined
    const letter = free ?? activeSlot(session).letter
    try {
      const slot = await slotFromCatalogue(name, letter)
      dispatch({ kind: free ? 'add' : 'replace', slot })
      say(`${slot.model.architecture.name} is model ${letter}.`)
    } catch (error) {
      say((error as Error).message)
    }
    open(null)
  }
  return (
    <>
      <Chooser onChoose={(name) => void choose(name)} />
      <p>
        Not in the list?{' '}
        <Button look="outlined" onClick={() => open('import')}>
          Import a config.json
        </Button>
      </p>
    </>
  )
}
