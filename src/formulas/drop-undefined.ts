/** Drops absent keys, which zod gives as undefined and exact optional properties want absent. */

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }

export const dropUndefined = <T extends object>(record: T): Defined<T> =>
  Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined),
  ) as Defined<T>
