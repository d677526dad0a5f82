/** The letters that models in view go by: as many as can be told apart. */
export const letters = ['A', 'B', 'C', 'D'] as const
export type Letter = (typeof letters)[number]
