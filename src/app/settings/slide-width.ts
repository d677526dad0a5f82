/** What a drag of the width does: all that keeps its proportion to it moves in one step. */
import type { Slot } from '../models/slot.ts'
import { useDispatch, useSession } from '../state/store.tsx'
import type { toWidth } from './to-width.ts'

type Module = Readonly<{ toWidth: typeof toWidth }>

/** Loaded when a width is first dragged: it takes the engine's knowledge of what may vary. */
let loaded: Module | null = null

/** @param prefix of the stack's addresses, where there are several */
export function useSlideWidth(slot: Slot, prefix: string): (width: number) => void {
  const { slots, together } = useSession()
  const dispatch = useDispatch()
  const moved = slots.filter(({ letter, model }) =>
    together ? model.stacks.length === slot.model.stacks.length : letter === slot.letter,
  )
  return (width) => {
    const slide = (module: Module): void => {
      const all = moved.map((each) => ({ ...each, to: module.toWidth(each.model, prefix, width) }))
      // The nearest width at which all comes out whole is often the present one.
      const isNew = all.some(({ to, changes }) =>
        Object.entries(to).some(([address, value]) => changes[address] !== value),
      )
      if (isNew)
        dispatch({
          kind: 'proportion',
          changes: Object.fromEntries(all.map(({ letter, to }) => [letter, to])),
        })
    }
    if (loaded) slide(loaded)
    else void import('./to-width.ts').then((module) => slide((loaded = module)))
  }
}
