/** One rotary embedding, however a config says it. */
import { describe, expect, test } from 'vitest'
import { Reader } from '../../src/import/reader.ts'
import { rotary } from '../../src/import/rope.ts'

const read = (config: object, options = {}) =>
  rotary(new Reader({ max_position_embeddings: 8192, ...config }), 128, options)

describe('rotary', () => {
  test('parameters in an object of their own are those beside it', () => {
    const older = { rope_theta: 500000, rope_scaling: { type: 'linear', factor: 4 } }
    const newer = { rope_parameters: { rope_theta: 500000, rope_type: 'linear', factor: 4 } }
    expect(read(newer)).toEqual(read(older))
    expect(read(older)).toMatchObject({ theta: 500000, scaling: 'linear', factor: 4 })
  })

  test('each kind of layers has its own where they are nested', () => {
    const rope_parameters = {
      full_attention: { rope_type: 'linear', factor: 8, rope_theta: 1e6 },
      sliding_attention: { rope_type: 'default', rope_theta: 1e4 },
    }
    expect(read({ rope_parameters })).toMatchObject({ theta: 1e6, factor: 8 })
    const local = read({ rope_parameters }, { kind: 'sliding_attention' })
    expect(local).toEqual({ block: 'rotary', name: 'sliding_attention', theta: 1e4 })
  })

  test.each([
    [{ partial_rotary_factor: 0.5 }, 64],
    [{ rotary_pct: 0.25 }, 32],
    [{ rope_parameters: { partial_rotary_factor: 0.334 } }, 42],
  ])('%o turns %i dimensions', (config, d_rot) => {
    expect(read(config)).toMatchObject({ d_rot })
  })

  test('the context before the extension is said outside, inside, or is the longest', () => {
    const yarn = { rope_type: 'yarn', factor: 4 }
    const at = (config: object) => read(config)?.['original_context']
    expect(at({ rope_scaling: yarn })).toBe(8192)
    const inside = { ...yarn, original_max_position_embeddings: 2048 }
    expect(at({ rope_scaling: inside })).toBe(2048)
    expect(at({ rope_scaling: inside, original_max_position_embeddings: 4096 })).toBe(4096)
  })

  test('YaRN without a factor stretches to the longest context', () => {
    const rope_scaling = { type: 'yarn', factor: null, original_max_position_embeddings: 2048 }
    expect(read({ rope_scaling })).toMatchObject({ factor: 4 })
  })

  test('a stretch by alpha is fixed, whatever it is called', () => {
    const rope_scaling = { type: 'dynamic', alpha: 1000, factor: 1 }
    expect(read({ rope_scaling })).toMatchObject({ scaling: 'ntk', factor: 1000 })
  })

  test('factors per dimension are LongRoPE, whatever it is called', () => {
    const lists = { short_factor: [1], long_factor: [2], original_max_position_embeddings: 4096 }
    for (const type of ['su', 'yarn', 'longrope']) {
      expect(read({ rope_scaling: { type, ...lists } })).toMatchObject({
        scaling: 'longrope',
        short_factors: [1],
        long_factors: [2],
      })
    }
  })

  test('a factor by which no frequency can be divided is refused', () => {
    const lists = { short_factor: [1], original_max_position_embeddings: 4096 }
    for (const factor of [0, 5e-324, 1e300])
      expect(() =>
        read({ rope_scaling: { type: 'longrope', ...lists, long_factor: [factor] } }),
      ).toThrow(`rope_scaling.long_factor: has a factor of ${factor}, by which no frequency`)
  })

  test('an unknown scaling is named', () => {
    expect(() => read({ rope_scaling: { rope_type: 'spiral', factor: 2 } })).toThrow(
      /"spiral" is not modelled/,
    )
  })
})
