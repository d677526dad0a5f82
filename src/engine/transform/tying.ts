/** Tying: whether the output head is the input table or a matrix of its own. */
import * as z from 'zod/mini'
import type { Architecture, BlockUse } from '../../architecture/schema.ts'
import { isA } from './is-a.ts'
import { nothingTo, transformOf } from './transform.ts'

const options = z.strictObject({})

export const tie = transformOf({
  name: 'tie',
  title: 'Tie the head to the embedding',
  about: 'The head reads the input table: a table of parameters less, and not a FLOP.',
  options,
  apply: (document) => setTied(document, true),
})

export const untie = transformOf({
  name: 'untie',
  title: 'Untie the head from the embedding',
  about: 'The head gets a matrix of its own: a table of parameters more, and not a FLOP.',
  options,
  apply: (document) => setTied(document, false),
})

function setTied(document: Architecture, tied: boolean): Architecture {
  const isHead = (use: BlockUse): boolean => isA(use, 'output_head')
  if (!document.stacks.some(({ output }) => output.some(isHead)))
    throw nothingTo(tied ? 'tie' : 'untie', 'no output head')
  if (
    tied &&
    !document.stacks.some(({ input }) => input.some((use) => isA(use, 'token_embedding')))
  )
    throw nothingTo('tie', 'no token embedding that the head could use')
  return {
    ...document,
    stacks: document.stacks.map((stack) => ({
      ...stack,
      output: stack.output.map((use) => (isHead(use) ? { ...use, tied } : use)),
    })),
  }
}
