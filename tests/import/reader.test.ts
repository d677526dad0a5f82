/** Keys are read under every spelling, checked, and written down. */
import { describe, expect, test } from 'vitest'
import { ArchcostError } from '../../src/architecture/errors.ts'
import { Reader } from '../../src/import/reader.ts'

const messageOf = (action: () => unknown): string => {
  try {
    action()
  } catch (error) {
    if (error instanceof ArchcostError) return `${error.code} ${error.message}`
  }
  return 'no error'
}

describe('Reader', () => {
  test('older and newer spellings are the same key', () => {
    expect(new Reader({ n_embd: 768 }).count('hidden_size')).toBe(768)
    expect(new Reader({ n_head: 12 }).count('num_attention_heads')).toBe(12)
    expect(new Reader({ num_experts: 8 }).count('num_local_experts')).toBe(8)
  })

  test('a spelling that says null gives way to one that says something', () => {
    const c = new Reader({ hidden_size: null, n_embd: 768 })
    expect(c.count('hidden_size')).toBe(768)
  })

  test('two spellings that disagree are told', () => {
    const c = new Reader({ hidden_size: 64, n_embd: 32 })
    expect(c.count('hidden_size')).toBe(64)
    expect(c.log.notes).toEqual([
      { level: 'warning', text: 'hidden_size is 64 and n_embd is 32; hidden_size is used' },
    ])
  })

  test('what is left out comes from the family, what is null does not', () => {
    const defaults = { sliding_window: 4096, num_key_value_heads: 8 }
    const absent = new Reader({}, { defaults })
    expect(absent.optionalCount('sliding_window')).toBe(4096)
    expect(absent.count('num_key_value_heads', 32)).toBe(8)
    const none = new Reader({ sliding_window: null, num_key_value_heads: null }, { defaults })
    expect(none.optionalCount('sliding_window')).toBeNull()
    expect(none.count('num_key_value_heads', 32)).toBe(32)
  })

  test('the report tells what was read, defaulted, and left', () => {
    const config = { vocab_size: 100, rope_scaling: { factor: 2, colour: 'red' }, wings: 2 }
    const c = new Reader(config, { defaults: { hidden_size: 64 } })
    c.count('vocab_size')
    c.count('hidden_size')
    c.count('head_dim', 16)
    c.object('rope_scaling')!.number('factor')
    expect(Object.fromEntries(c.log.entries)).toEqual({
      vocab_size: { kind: 'read', value: 100 },
      'rope_scaling.factor': { kind: 'read', value: 2 },
      hidden_size: { kind: 'defaulted', value: 64 },
      head_dim: { kind: 'defaulted', value: 16 },
    })
    expect(c.unread().map(({ path }) => path)).toEqual(['wings', 'rope_scaling.colour'])
  })

  test.each([
    ['vocab_size', '32', 'is "32"; a whole number of at least 1 is expected'],
    ['vocab_size', 0, 'is 0; a whole number of at least 1 is expected'],
    ['vocab_size', 1e300, 'is 1e+300; a whole number of at least 1 is expected'],
    ['vocab_size', [32], 'is a list of 1; a whole number of at least 1 is expected'],
    ['vocab_size', null, 'is null; a whole number of at least 1 is expected'],
    ['vocab_size', undefined, 'is missing; a whole number of at least 1 is expected'],
  ])('%s of %o', (key, value, message) => {
    const c = new Reader({ [key]: value })
    expect(messageOf(() => c.count(key))).toBe(`invalid_config ${key}: ${message}`)
  })

  test('each accessor refuses what it cannot hold', () => {
    const c = new Reader({
      rate: -1,
      tied: 'yes',
      list: [1, 'b'],
      name: 3,
      inner: [],
      kinds: ['a'],
    })
    expect([
      messageOf(() => c.number('rate')),
      messageOf(() => c.flag('tied')),
      messageOf(() => c.numbers('list')),
      messageOf(() => c.text('name', '')),
      messageOf(() => c.object('inner')),
      messageOf(() => c.kinds('kinds', 2, null)),
    ]).toMatchInlineSnapshot(`
      [
        "invalid_config rate: is -1; a number above 0 is expected",
        "invalid_config tied: is "yes"; true or false is expected",
        "invalid_config list: is a list of 2; a list of numbers is expected",
        "invalid_config name: is 3; a text is expected",
        "invalid_config inner: is a list of 0; an object, or null is expected",
        "invalid_config kinds: has 1 entries, but the model has 2 layers; one for each layer is expected",
      ]
    `)
  })
})
