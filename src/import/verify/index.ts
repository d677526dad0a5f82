/** Holds checkpoints against computed architectures. Pure: files are read by the command line. */
export { extraOf, extraWords, type Extra } from './extra.ts'
export { groups, placeOf, type Place } from './place.ts'
export type { Row } from './rows.ts'
export { headerLength, readHeader, tensorsOf } from './safetensors.ts'
export { elementsOf, packingOf, splitName, weightsOf, type Packing, type Tensor } from './tensor.ts'
export { verify, type Verification } from './verify.ts'
