/** A runtime's file -> a checked mechanism with the answers that every runtime gives. */
import { compileMechanism, type Known } from './compile-mechanism.ts'
import type { RuntimeFile } from './file-schema.ts'
import { dropUndefined } from './drop-undefined.ts'
import { within } from './formula-error.ts'
import type { Mechanism, Runtime } from './mechanism.ts'
import { didYouMean } from './nearest.ts'

/** What every runtime says, of a rank and, where a window is read, of each kind of layer. */
export const answersOfRuntimes = {
  available: 'bytes of a device that it takes, before weights',
  reserve: 'bytes for context, communication and graphs',
  working: 'bytes that a step computes with',
  weights_added: 'bytes of weights beside those of the checkpoint',
  full_tokens: 'tokens that a layer without a window keeps of a sequence',
  window_tokens: 'tokens that a layer with a window keeps of a sequence',
  state_copies: 'copies of a recurrent state that a sequence has',
} as const
/** What those say as well that keep caches in pages. */
export const answersOfPages = {
  block: 'tokens of a block of layers, of which hybrids take a multiple',
  entry_block: 'tokens of a block of layers that pool tokens into entries',
  window_block: 'tokens of a block of their windows',
  pooling_block: 'tokens of a block of those that wait to be pooled',
  columns_added: 'columns of a convolution that its state has beside those that it looks back on',
  page_multiple: 'bytes, of which pages of such layers take a multiple',
  dense: '1 where each group of such layers is laid out by itself',
} as const
/** And those where states have a pool of their own. */
export const answersOfPools = {
  state_slots: 'copies of a state that sequences can have',
  state_pool: 'bytes of all copies that are made',
} as const
export type RuntimeAnswer = keyof typeof answersOfRuntimes
export type PageAnswer = keyof typeof answersOfPages
export type PoolAnswer = keyof typeof answersOfPools

type Said = { [Key in keyof Runtime]: Runtime[Key] | undefined }

/** What a file says of a runtime beside its equations; what it leaves out is absent. */
export const runtimePart = (said: Said): Runtime => {
  const { version, answers, formats, entries, pages, pools, towers } = said
  return dropUndefined({ version, answers, formats, entries, pages, pools, towers })
}

/** @throws FormulaError at the first mistake */
export function compileRuntime(
  { file, body }: { file: string; body: RuntimeFile },
  known: Known,
): Mechanism & Runtime {
  const at = within(file)
  const mechanism = compileMechanism({ kind: 'runtime', file, body }, known)
  const said = [...mechanism.definitions, ...mechanism.settings].map(({ name }) => name)
  at('quantities', () => {
    const mustSay = (answers: Readonly<Record<string, string>>, who: string): void => {
      for (const [name, about] of Object.entries(answers))
        if (!said.includes(name)) throw new Error(`says no ${name} (${about}); ${who}`)
    }
    mustSay(answersOfRuntimes, 'every runtime does')
    if (body.pages) mustSay(answersOfPages, 'those with pages do')
    if (body.pools) mustSay(answersOfPools, 'those with a pool of states do')
  })
  const questions = known.contract.questions.map(({ name }) => name)
  for (const [name, question] of Object.entries(body.answers))
    at(`answers.${name}`, () => {
      if (name !== 'cache') throw new Error('cache is all that a block can answer for a runtime')
      if (!questions.includes(question))
        throw new Error(
          `${question} is no question of the contract${didYouMean(question, questions)}`,
        )
    })
  const { holds } = known.contract.classes
  const mustHold = (path: string, held: string): void =>
    at(path, () => {
      if (!holds.includes(held))
        throw new Error(`${held} is none of ${holds.join(', ')}${didYouMean(held, holds)}`)
    })
  for (const held of Object.keys(body.formats)) mustHold(`formats.${held}`, held)
  const traits = Object.keys(known.contract.traits)
  body.entries.forEach((entry, place) => {
    const { holding, is } = entry
    at(`entries.${place}`, () => {
      if ((holding === undefined) === (is === undefined))
        throw new Error('says one of holding and is: what a model keeps, or a trait of a block')
      if (is !== undefined && !traits.includes(is))
        throw new Error(`${is} is none of ${traits.join(', ')}${didYouMean(is, traits)}`)
    })
    if (holding !== undefined) mustHold(`entries.${place}.holding`, holding)
    for (const held of Object.keys(entry.formats))
      mustHold(`entries.${place}.formats.${held}`, held)
  })
  return { ...mechanism, ...runtimePart(body) }
}
