/** What is asked for in words, such as `cache.bytes at 128k <= 4 GiB`, made ready to be taken apart. */
import { ArchcostError } from '../architecture/errors.ts'

/** Longer than any quantity or condition. */
const longest = 1000

/**
 * The text with one blank for several and none around it. A pattern with `\s+` in it steps over a run of blanks from each of
 * its blanks anew, which takes the square of its length.
 * @throws ArchcostError where it is too long to be anything that can be asked for
 */
export function askedText(text: string): string {
  const plain = text.trim().replaceAll(/\s+/g, ' ')
  if (plain.length > longest)
    throw new ArchcostError(
      'invalid_workload',
      `has ${plain.length} characters, and ${longest} are the most for a quantity or a condition`,
      `${plain.slice(0, 40)}…`,
    )
  return plain
}

/** `cache.bytes at 128k` as `cache.bytes` and `128k`. @param asked as `askedText` gives it */
export function partCondition(asked: string): [quantity: string, condition?: string] {
  const at = asked.indexOf(' at ')
  return at < 0 ? [asked] : [asked.slice(0, at), asked.slice(at + 4)]
}
