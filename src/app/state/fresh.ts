/** The page as it opens. */
import type { Slot } from '../models/slot.ts'
import { sessionOf } from './record.ts'
import type { Session } from './session.ts'

/** The model shown to who comes for the first time. */
export const firstModel = 'llama-3.1-8b'

/** @param slots at least one */
export const freshSession = (slots: readonly Slot[]): Session =>
  sessionOf(slots, ({ key }) => key.usual(slots))
