/** The three jobs people come for, each a link into the calculator in a state that begins to answer it. */
import type { Slot } from '../models/slot.ts'
import type { Question } from './session.ts'

export interface Door {
  question: Question
  link: string
  /** What is asked, once inside. */
  title: string
  href: string
}

export const doors: readonly Door[] = [
  {
    question: 'size',
    link: 'Size a model',
    title: 'What shape fits the budget?',
    href: '?v=1&ask=size&a=llama-3.1-8b&context=131072',
  },
  {
    question: 'compare',
    link: 'Compare MoE with dense',
    title: 'What does a mixture of experts save, and what does it cost?',
    href: '?v=1&ask=compare&a=mixtral-8x7b&b=llama-2-70b&on=A&base=B&context=4096',
  },
  {
    question: 'stretch',
    link: 'Stretch the context',
    title: 'What does a longer context do to the cache and the attention?',
    href: '?v=1&ask=stretch&a=llama-3.1-8b&b=gemma-3-12b&c=deepseek-v3&context=131072&chart=memory',
  },
]

export function titleOfQuestion(question: Question, slots: readonly Slot[]): string {
  if (question === 'compare' && !slots.some(hasExperts))
    return 'What does each of them save, and what does it cost?'
  return (
    doors.find((door) => door.question === question)?.title ?? 'What does this architecture cost?'
  )
}

const hasExperts = ({ model }: Slot): boolean =>
  model.stacks.some(({ groups }) =>
    groups.some(({ blocks }) => blocks.some(({ formulas }) => formulas.is === 'experts')),
  )
