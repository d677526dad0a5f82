/** Models from GGUF files. */
export { readGgufHeader, type GgufHeader } from './header.ts'
export { importGguf } from './import.ts'
export { readGguf, type ReadBytes } from './read.ts'
