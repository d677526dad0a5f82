/** What kind of model it is, read from traits and from the classes of the cache it keeps, so that a new formula file needs no entry here. */
import { breakdown } from '../../engine/breakdown.ts'
import type { Model } from '../../engine/index.ts'
import { keepsOf } from '../drawing/keeps.ts'
import type { KindName } from '../state/session.ts'

/** What tells mixers apart on the map; a model with several goes by the one that keeps least. */
export const mixers = ['full', 'window', 'latent', 'state'] as const
export type Mixer = (typeof mixers)[number]

export const mixerWords: Readonly<Record<Mixer, string>> = {
  full: 'full attention',
  window: 'windows',
  latent: 'latents',
  state: 'states',
}

export interface Kinds {
  mixer: Mixer
  has_experts: boolean
  /** States and attention in one model. */
  is_hybrid: boolean
  encoder: 'alone' | 'with a decoder' | null
}

export function kindsOf(model: Model): Kinds {
  const blocks = model.stacks.flatMap(({ groups }) => groups.flatMap((group) => group.blocks))
  const traits = new Map(blocks.map(({ address, formulas }) => [address, formulas.is]))
  const kept = breakdown(model).map(({ address, cost }) => keepsOf(cost.cache, traits.get(address)))
  const some = (...wanted: (typeof kept)[number][]): boolean =>
    wanted.some((keeps) => kept.includes(keeps))
  const has = (trait: NonNullable<(typeof blocks)[number]['formulas']['is']>): boolean =>
    blocks.some(({ formulas }) => formulas.is === trait)
  return {
    mixer: some('state')
      ? 'state'
      : has('latent_attention') || some('both')
        ? 'latent'
        : some('window')
          ? 'window'
          : 'full',
    has_experts: has('experts'),
    is_hybrid: some('state') && some('every', 'both', 'window'),
    encoder: model.encoder ? (model.decoder ? 'with a decoder' : 'alone') : null,
  }
}

/** The kinds to choose from, and which models are of them. */
export const kindChoices: readonly {
  name: KindName
  text: string
  holds: (kinds: Kinds) => boolean
}[] = [
  { name: 'all', text: 'All kinds', holds: () => true },
  { name: 'experts', text: 'Mixture of experts', holds: ({ has_experts }) => has_experts },
  { name: 'dense', text: 'Dense', holds: ({ has_experts }) => !has_experts },
  { name: 'full', text: 'Full attention', holds: ({ mixer }) => mixer === 'full' },
  { name: 'window', text: 'Windows', holds: ({ mixer }) => mixer === 'window' },
  { name: 'latent', text: 'Latents (MLA)', holds: ({ mixer }) => mixer === 'latent' },
  { name: 'state', text: 'States', holds: ({ mixer }) => mixer === 'state' },
  { name: 'hybrid', text: 'Hybrid: states and attention', holds: ({ is_hybrid }) => is_hybrid },
  { name: 'encoder', text: 'With an encoder', holds: ({ encoder }) => encoder !== null },
]

/** `MoE, latents`. */
export const kindsText = ({ mixer, has_experts, is_hybrid, encoder }: Kinds): string =>
  [
    has_experts ? 'MoE' : 'dense',
    is_hybrid ? 'states and attention' : mixerWords[mixer],
    ...(encoder === null ? [] : [encoder === 'alone' ? 'encoder' : 'encoder and decoder']),
  ].join(', ')
