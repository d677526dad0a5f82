/** Published multimodal models, built with their towers: the language model's parameters and those of the whole. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { importConfig } from '../../src/import/index.ts'

interface Case {
  id: string
  config: object
  params: { total: number; whole: number; modules: Record<string, number> }
}

const cases = JSON.parse(readFileSync(new URL('whole.json', import.meta.url), 'utf8')) as Case[]

test.each(cases)('$id', ({ config, params }) => {
  const { total, whole } = evaluate(prepare(importConfig(config).architecture)).params
  expect(total).toBe(params.total)
  expect(whole!.total).toBe(params.whole)
  const built = Object.values(params.modules).reduce((sum, each) => sum + each, 0)
  expect(Object.values(whole!.towers).reduce((sum, each) => sum + each, 0)).toBe(built)
})
