/** What the atlas says of its map. */
import { expect, test } from 'vitest'
import { axisOf } from '../../../src/app/atlas/axes.ts'
import { frontierFinding } from '../../../src/app/atlas/finding.ts'
import type { Mixer } from '../../../src/app/atlas/kinds.ts'
import type { Listed } from '../../../src/app/atlas/listed.ts'

const [across, up] = [axisOf('params.active'), axisOf('cache.per_token')]
const listed = (mixer: Mixer, x: number, y: number): Listed => ({
  id: `${x}`,
  title: `${x}`,
  detail: `${y}`,
  year: null,
  kinds: { mixer, has_experts: false, is_hybrid: false, encoder: null },
  cost: null,
  fits: null,
  max_context: 1,
  letter: null,
})
const said = (models: readonly Listed[]): string | null =>
  frontierFinding(
    across,
    models,
    (axis, { title, detail }) => Number(axis === across ? title : detail),
    up,
    (_axis, value) => String(value),
  )

test('the frontier is held by those below the first that keeps every token', () => {
  const models = [listed('state', 1, 1), listed('window', 2, 3), listed('full', 4, 5)]
  expect(said(models)).toBe(
    'Up to 2 active parameters the frontier is held by windows and states alone',
  )
})

test('who lies behind the frontier holds nothing of it', () => {
  const models = [listed('full', 1, 9), listed('latent', 2, 2), listed('window', 3, 4)]
  expect(said(models)).toBe('All along the frontier is held by windows and latents')
})

test('where full attention begins the frontier, nothing is said', () => {
  expect(said([listed('full', 1, 1), listed('state', 2, 3)])).toBeNull()
})
