/** Models from the headers of checkpoints. */
export { importHeader, type Header } from './import.ts'
export type { Heads, Known, Seen } from './known.ts'
export type { Amount, Stored } from './stored.ts'
