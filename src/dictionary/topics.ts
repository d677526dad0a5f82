/** What the list of terms is parted by, in order. */
export const topics = {
  serving: 'What a model costs to run',
  attention: 'Attention',
  experts: 'Mixtures of experts',
  states: 'Without attention',
  positions: 'Positions and long contexts',
  layers: 'Inside a layer',
  shape: 'The shape of a model',
} as const
export type Topic = keyof typeof topics
