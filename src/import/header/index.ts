/** Models from the headers of checkpoints. */
export { importHeader } from './import.ts'
export type { Stored } from './stored.ts'
