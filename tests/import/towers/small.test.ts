/**
 * Small multimodal models built with transformers 5.18 and run on the CPU: parameters of the whole, and the FLOPs that torch's
 * counter reads off one image of so many pixels across and down through towers and projector, without rotary tables.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { importConfig } from '../../../src/import/index.ts'

interface Case {
  id: string
  config: object
  image: [width: number, height: number]
  whole: number
  flops: number
}

const file = new URL('small.json', import.meta.url)
const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[]

describe('small towers that were run', () => {
  test.each(cases)('$id', ({ config, image: [width, height], whole, flops }) => {
    const model = prepare(importConfig(config).architecture)
    const cost = evaluate(model, { context: 4096, images: { count: 1, width, height } })
    expect(cost.params.whole?.total).toBe(whole)
    expect(cost.flops.towers).toBe(flops)
  })
})
