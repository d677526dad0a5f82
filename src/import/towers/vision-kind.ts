/** What a kind of vision tower is to the import. */
import type { BlockUse, Tower } from '../../architecture/schema.ts'
import type { Defaults, Reader } from '../reader.ts'

export interface VisionKind {
  /** What the tower's configuration class takes for keys that are left out. */
  defaults: Defaults
  build(c: Reader): SeenBy
}

/** A vision tower without what cuts images into pieces for it, which may be the family's to say. */
export interface SeenBy {
  tower: Omit<Tower, 'feeds' | 'role'> & { d_model: number }
  /** Side of the square images that it is made for, or the longest side, and of a patch, in pixels. */
  image_size: number
  patch: number
  /** Vectors before the patches. */
  n_prefix: number
  /** What cuts images for it wherever it stands. */
  intake?: BlockUse
}
