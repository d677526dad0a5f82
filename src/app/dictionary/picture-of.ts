import type { ComputedPicture } from '../../dictionary/index.ts'

/** What there is to draw, of one kind of picture. */
export type PictureOf<Kind extends ComputedPicture['kind']> = Extract<
  ComputedPicture,
  { kind: Kind }
>
