/** Everything that can be done or opened, by its name. */
import { entries } from '../../import/catalog/index.ts'
import { slotFromCatalogue } from '../models/catalogue.ts'
import { activeSlot } from '../state/session.ts'
import { useDispatch, useSession } from '../state/store.tsx'
import { doors } from './doors.ts'
import { sidePages } from './footer.tsx'
import { Picker, type Option } from '../parts/picker.tsx'
import { useShell } from '../parts/shell.tsx'
import { switchTheme } from '../parts/theme.tsx'

export function Palette() {
  const session = useSession()
  const dispatch = useDispatch()
  const { open, say, visit } = useShell()
  const { letter } = activeSlot(session)
  const commands: Record<string, { text: string; run: () => void }> = {
    add: { text: 'Add a model', run: () => open('add') },
    import: { text: 'Import a config.json', run: () => open('import') },
    duplicate: { text: `Duplicate ${letter}`, run: () => dispatch({ kind: 'duplicate', letter }) },
    baseline: {
      text: `Make ${letter} the baseline`,
      run: () => dispatch({ kind: 'baseline', letter }),
    },
    share: { text: 'Share', run: () => open('share') },
    undo: { text: 'Undo', run: () => dispatch({ kind: 'undo' }) },
    redo: { text: 'Redo', run: () => dispatch({ kind: 'redo' }) },
    theme: { text: 'Light or dark', run: switchTheme },
    print: { text: 'Print', run: () => print() },
    keys: { text: 'Keyboard', run: () => open('keys') },
  }
  const options: Option[] = [
    ...Object.entries(commands).map(([id, { text }]) => ({ id, text, detail: 'do' })),
    ...doors.map(({ link, href }) => ({ id: href, text: link, detail: 'open' })),
    ...sidePages.map(({ page, title }) => ({ id: `?page=${page}`, text: title, detail: 'read' })),
    ...entries.map(({ name, title }) => ({
      id: `model ${name}`,
      text: title,
      detail: `as ${letter}`,
    })),
  ]
  const pick = ({ id }: Option): void => {
    open(null)
    const command = Object.hasOwn(commands, id) ? commands[id] : undefined
    if (command) command.run()
    else if (id.startsWith('?')) visit(id)
    else
      slotFromCatalogue(id.slice('model '.length), letter).then(
        (slot) => dispatch({ kind: 'replace', slot }),
        (error: Error) => say(error.message),
      )
  }
  return (
    <Picker
      label="Commands, pages and models"
      placeholder="What do you want?"
      options={options}
      onPick={pick}
      none="Nothing by that name."
    />
  )
}
