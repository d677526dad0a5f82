/** Gives an architecture the head of the class that its config names, in place of the vocabulary's. */
import { ArchcostError } from '../architecture/errors.ts'
import type { Architecture, BlockUse, Stack } from '../architecture/schema.ts'
import type { HeadKind, ModelClass } from './classes.ts'
import type { Family } from './family.ts'
import { block } from './parts.ts'
import type { Reader } from './reader.ts'

type Shape = 'decoder' | 'encoder' | 'both'

/** @throws ArchcostError `unsupported` where the class drops the encoder */
export function withHead(
  c: Reader,
  architecture: Architecture,
  built: ModelClass | null,
  family: Family | undefined,
): Architecture {
  const [first, second] = architecture.stacks
  const shape = second ? 'both' : first!.role
  const kind = kindOf(built, family, shape)
  if (kind === 'language') {
    if (shape === 'encoder') return withMaskedHead(c, architecture, built, family)
    if (shape === 'both' && built?.name.endsWith('ForCausalLM') && !family?.whole)
      throw new ArchcostError(
        'unsupported',
        `is ${built.name.slice(0, 60)}, a decoder taken out of a model with an encoder, which is not modelled`,
        'architectures',
      )
    return architecture
  }
  const { name } = built!
  const labels =
    kind === 'other' || (family?.labels === 'own' && kind !== 'none')
      ? []
      : labelsOf(c, kind, shape, family)
  note(c, name.slice(0, 60), kind, labels)
  const [kept, others]: [Stack, Stack[]] =
    shape === 'both' && !takesEncoderAlone(kind) ? [second!, [first!]] : [first!, []]
  const heads =
    kind === 'pretraining' && family?.pretraining !== 'replaced'
      ? kept.output
      : kept.output.filter((use) => !isHead(use))
  return { ...architecture, stacks: [...others, { ...kept, output: [...heads, ...labels] }] }
}

/** The vocabulary's scores, and blocks that are named as a part of them. */
const isHead = ({ block: of, name = '' }: BlockUse): boolean =>
  of === 'output-head' || of === 'masked-lm-head' || name.startsWith('head-')

const takesEncoderAlone = (kind: HeadKind): boolean => kind === 'encoder' || kind === 'tokens'

function kindOf(built: ModelClass | null, family: Family | undefined, shape: Shape): HeadKind {
  if (built === null) return 'language'
  const { head, name } = built
  const says_nothing = head === 'none' || (head === 'other' && !/For[A-Z]/.test(name))
  if (says_nothing && family?.bare === 'language') return 'language'
  if (head === 'encoder') return shape === 'both' ? 'encoder' : 'none'
  if (head === 'pretraining')
    return family?.bare === 'pooler' || family?.pretraining === 'replaced' ? head : 'language'
  return head === 'other' && /LM|DoubleHeads/.test(name) ? 'language' : head
}

/** An encoder with the head that predicts masked words, which one family adds only where its class asks for it. */
function withMaskedHead(
  c: Reader,
  architecture: Architecture,
  built: ModelClass | null,
  family: Family | undefined,
): Architecture {
  const stack = architecture.stacks[0]!
  const added = stack.output.some(isHead) || built === null ? [] : (family?.masked?.(c) ?? [])
  const output = [...stack.output, ...added]
  c.log.note(
    'info',
    output.some(isHead)
      ? `Counted with the head that predicts masked words, ${output.some(({ block: of }) => of === 'pooler') ? 'and with a pooler, as the model code has it' : 'without a pooler'}.`
      : 'Counted without a head for masked words and without a pooler.',
  )
  return { ...architecture, stacks: [{ ...stack, output }] }
}

function labelsOf(c: Reader, kind: HeadKind, shape: Shape, family: Family | undefined): BlockUse[] {
  const head = (settings: Record<string, unknown>): BlockUse[] => [block('label-head', settings)]
  const n_labels = c.entries('id2label') ?? c.count('num_labels', 2)
  const dense = shape !== 'decoder' && family?.labels !== 'pooled'
  switch (kind) {
    case 'none':
      return family?.bare === 'pooler' ? [block('pooler', {})] : []
    case 'sequence':
      return head({ n_labels, dense, ...(shape === 'decoder' && { bias: 0 }) })
    case 'tokens':
      return head({ n_labels, every_position: 1 })
    case 'answer':
      return head({ n_labels: shape === 'decoder' ? 2 : n_labels, every_position: 1 })
    case 'choice':
      return head({ n_labels: 1, dense })
    case 'next-sentence':
      return head({ n_labels: 2, dense })
    case 'pretraining':
      return family?.pretraining === 'replaced'
        ? head({ n_labels: 1, dense, every_position: 1 })
        : head({ n_labels: 2, dense })
    case 'encoder':
    case 'language':
    case 'other':
      return []
  }
}

function note(c: Reader, name: string, kind: HeadKind, labels: readonly BlockUse[]): void {
  const said = `As the class ${name} has it, counted`
  if (kind === 'none')
    c.log.note('info', `${said} without a head${labels.length > 0 ? ', with a pooler' : ''}.`)
  else if (kind === 'encoder')
    c.log.note('info', `${said} without a head, and without the decoder.`)
  else if (labels.length === 0)
    c.log.note('warning', `The head of the class ${name} is not modelled; none is counted.`)
  else if (kind === 'pretraining') c.log.note('info', `${said} with all heads of its pre-training.`)
  else c.log.note('info', `${said} with a head for labels in place of the vocabulary's.`)
}
