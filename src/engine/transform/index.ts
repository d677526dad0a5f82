/** Structural what-ifs: an architecture document in, a checked one out. */
export { transform, type TransformStep } from './steps.ts'
export type { Transform } from './transform.ts'
export { transforms } from './transforms.ts'
