/** A part of a whole, from 0 to 1; nothing of nothing is nothing. */
export const ratioOf = (part: number | null, whole: number | null): number | null =>
  part === null || whole === null ? null : whole === 0 ? 0 : part / whole
