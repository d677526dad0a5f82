/** The machine opened: what can be chosen, what the last choice changed, and what a rank holds. */
import { MachineChanges } from './machine-changes.tsx'
import { MachineChoices } from './machine-choices.tsx'
import { RankMemory } from './rank-memory.tsx'

export function MachinePanel() {
  return (
    <>
      <MachineChoices />
      <MachineChanges />
      <RankMemory />
    </>
  )
}
