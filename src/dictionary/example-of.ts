import type { Picture } from './entry.ts'

/** The example that a picture is made from. */
export const exampleOf = <Titled extends { title: string }>(
  examples: readonly Titled[],
  { example }: Pick<Picture, 'example'>,
): Titled | undefined =>
  example === undefined ? examples[0] : examples.find(({ title }) => title === example)
