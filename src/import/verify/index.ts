/** Holds checkpoints against computed architectures. Pure: files are read by the command line. */
export type { Explanation } from './explain.ts'
export { groups, type Group } from './place.ts'
export type { Row } from './rows.ts'
export { headerLength, readHeader } from './safetensors.ts'
export { packingOf, type Packing, type Tensor } from './tensor.ts'
export { verify, type Verification } from './verify.ts'
