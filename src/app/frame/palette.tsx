/** Everything that can be done or opened, by its name or by what people call it. */
import { useMemo } from 'react'
import { slotFromCatalogue } from '../models/catalogue.ts'
import { activeSlot } from '../state/session.ts'
import { useDispatch, useSession } from '../state/store.tsx'
import { Picker, type Option } from '../parts/picker.tsx'
import { revealSetting } from '../settings/reveal.ts'
import { useShell } from '../parts/shell.tsx'
import { switchTheme } from '../parts/theme.tsx'
import { useJobs } from './use-jobs.ts'
import { waysFrom, type Target } from './ways.ts'

export function Palette() {
  const session = useSession()
  const dispatch = useDispatch()
  const { open, say, visit } = useShell()
  const begin = useJobs()
  const slot = activeSlot(session)
  const { letter } = slot
  const commands: Record<string, { text: string; run: () => void }> = {
    add: { text: 'Add a model', run: () => open('add') },
    import: { text: 'Import a config.json', run: () => open('import') },
    counterparts: { text: `Counterparts of ${letter}`, run: () => open('counterparts') },
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
  const ways = useMemo(() => waysFrom(slot, session.slots), [slot, session.slots])
  const options: Option[] = [
    ...Object.entries(commands).map(([id, { text }]) => ({ id, text, detail: 'do' })),
    ...ways,
  ]
  const lead = (to: Target): void => {
    switch (to.kind) {
      case 'job':
        begin(to.question)
        break
      case 'page':
        visit(to.href)
        break
      case 'chart':
        dispatch({ kind: 'go', page: 'calculator' })
        dispatch({ kind: 'chart', set: { name: to.chart } })
        break
      case 'quantity':
        dispatch({ kind: 'go', page: 'calculator' })
        dispatch({ kind: 'open', opened: { letter, quantity: to.quantity } })
        break
      case 'setting':
        dispatch({ kind: 'go', page: 'calculator' })
        revealSetting(to.address)
        break
      case 'model':
        slotFromCatalogue(to.name, letter).then(
          (chosen) => dispatch({ kind: 'replace', slot: chosen }),
          (error: Error) => say(error.message),
        )
    }
  }
  const pick = ({ id }: Option): void => {
    open(null)
    const way = ways.find((each) => each.id === id)
    if (way) lead(way.to)
    else commands[id]!.run()
  }
  return (
    <Picker
      label="Commands, numbers, settings, terms and models"
      placeholder="What do you want?"
      options={options}
      onPick={pick}
      none="Nothing by that name."
    />
  )
}
