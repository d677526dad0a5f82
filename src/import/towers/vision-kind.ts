/** What a kind of vision tower is to the import. */
import type { Tower } from '../../architecture/schema.ts'
import type { Defaults, Reader } from '../reader.ts'

export interface VisionKind {
  /** What the tower's configuration class takes for keys that are left out. */
  defaults: Defaults
  build(c: Reader): SeenBy
}

/** A vision tower without what cuts images into pieces for it, which is the family's. */
export interface SeenBy {
  tower: Omit<Tower, 'feeds' | 'role'>
  /** Side of the square images that it is made for, and of a patch, in pixels. */
  image_size: number
  patch: number
  d_model: number
  /** Vectors before the patches. */
  n_prefix: number
}
