/** What a transform is: a structural what-if that turns an architecture document into another. */
import * as z from 'zod/mini'
import { ArchcostError } from '../../architecture/errors.ts'
import { prepare } from '../../architecture/check.ts'
import type { Architecture } from '../../architecture/schema.ts'
import { problemOf } from '../../formulas/shape-problem.ts'

export interface Transform {
  name: string
  title: string
  /** What it changes, and what it leaves. */
  about: string
  /** As JSON Schema it says names, defaults, ranges and words of the options. */
  options: z.ZodMiniObject
  /**
   * @param given options as a person writes them
   * @throws ArchcostError `invalid_architecture` where an option is wrong, `unsupported` where the document has nothing to change
   */
  apply(document: Architecture, given: object): Architecture
}

/** An option with the value it has where it is left out. */
export { _default as usually } from 'zod/mini'

/** An option that is a whole number. */
export const count = (least: number, about: string) =>
  z.int().check(z.minimum(least), z.describe(about))

/** A transform whose `apply` is given its options checked and complete. */
export function transformOf<Options extends z.ZodMiniObject>(
  spec: Omit<Transform, 'apply' | 'options'> & {
    options: Options
    apply: (document: Architecture, options: z.infer<Options>) => Architecture
  },
): Transform {
  const apply = (document: Architecture, given: object): Architecture => {
    const checked = spec.options.safeParse(given, { reportInput: true })
    if (!checked.success) {
      const issue = checked.error.issues[0]!
      const known = Object.keys(spec.options.shape).join(', ')
      const text =
        issue.code === 'unrecognized_keys'
          ? `has no option ${issue.keys[0]}; it has ${known || 'none'}`
          : problemOf(issue, spec.options).problem
      throw new ArchcostError('invalid_architecture', text, [spec.name, ...issue.path].join('.'))
    }
    const changed = spec.apply(document, checked.data)
    return prepare({ ...changed, name: `${document.name}, ${spec.name}` }).architecture
  }
  return { ...spec, apply }
}

/** Nothing in the document is what the transform works on. */
export const nothingTo = (transform: string, what: string): ArchcostError =>
  new ArchcostError('unsupported', `there is ${what}`, transform)
