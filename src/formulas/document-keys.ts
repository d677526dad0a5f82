/** Keys of a block in an architecture document that are not settings. */
export const documentKeys: readonly string[] = [
  'block',
  'blocks',
  'name',
  'share',
  'before',
  'after',
  'except',
  'layers',
]
