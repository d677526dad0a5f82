/** Each model's line has a dash of its own, beside its colour. */
export const dashOf = { A: undefined, B: '9 4', C: '2 3', D: '9 3 2 3' } as const
