/** What each key does, as the dialog lists it. */
export const keyList = [
  { keys: '/', does: 'Search a published model' },
  { keys: 'Ctrl K', does: 'Commands, models, pages' },
  { keys: '?', does: 'These keys' },
  { keys: '1 2 3 4', does: 'Model A, B, C, D' },
  { keys: 'd', does: 'Duplicate the model' },
  { keys: 'i', does: 'Import a config.json' },
  { keys: 'c', does: 'Copy a link to what you see' },
  { keys: 'Ctrl Z', does: 'Undo' },
  { keys: 'Ctrl Shift Z', does: 'Redo' },
  { keys: 'Esc', does: 'Close what is open' },
  { keys: '↑ ↓ → ←', does: 'In a derivation: walk and open its inputs' },
  { keys: 'Enter', does: 'In a derivation: zoom into an input' },
  { keys: 'Backspace', does: 'In a derivation: back up' },
] as const
