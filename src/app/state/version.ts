/** Of links that are written now. */
export const version = 2
