/** What is wrong with an architecture document is said with its address, what was found and what is expected. */
import { describe, expect, test } from 'vitest'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { document, refusal, withLayer, withMixer, type Json } from './documents.ts'

test('a right document is taken', () => {
  expect(refusal(document())).toBe('')
})

test('what a model stores cannot be changed through one of its answers', () => {
  const model = prepare(document())
  const { params } = evaluate(model)
  expect(() => params.by_layer.fill(0)).toThrow(TypeError)
  expect(evaluate(model, { context: 7 }).params).toEqual(params)
})

test('each layer is counted to the digit where all together are beyond what can be', () => {
  const ffn = { name: 'ffn', before: 'rmsnorm', block: 'gated-ffn', d_ff: 270_001 }
  const wide = (n_layers: number): Json =>
    document({ d_model: 614_672_113, stack: { n_layers, layer: [ffn] } })
  const alone = evaluate(prepare(wide(1))).params.by_layer[0]!
  for (const n_layers of [51, 97, 9999]) {
    const { total, by_layer } = evaluate(prepare(wide(n_layers))).params
    expect(total).toBeGreaterThan(2 ** 53)
    expect(by_layer[7]).toBe(alone)
  }
})

describe('blocks and settings', () => {
  test.each([
    [{ block: 'atention' }, 'mixer: there is no block atention; did you mean attention?'],
    [{ block: 'constructor' }, 'mixer: there is no block constructor'],
    [{ block: '__proto__' }, 'mixer: there is no block __proto__'],
    [{ n_head: 4 }, 'mixer.n_head: attention has no setting n_head; did you mean n_heads?'],
    [
      { n_kv_heads: 3 },
      'mixer: 4 query heads cannot be shared evenly by 3 key-value heads; choose a divisor of n_heads',
    ],
    [
      { n_heads: 5 },
      'mixer.d_head: follows as d_model / n_heads = 12.8, but a whole number of at least 1 is expected; give it, or change what it follows from',
    ],
    [{ position: 'rotery' }, 'mixer.position: there is no block rotery; did you mean rotary?'],
    [
      { position: 'rmsnorm' },
      'mixer.position: rmsnorm cannot attach here; a block of formulas/positions is expected',
    ],
    [{ position: 3 }, 'mixer.position: a block is expected, such as {"block": "rotary"}'],
    [
      { position: { block: 'rotary', d_rot: 32 } },
      'mixer.position: 32 dimensions cannot be turned in a head of 16',
    ],
    [{ before: 'rmnorm' }, 'mixer.before: there is no block rmnorm; did you mean rmsnorm?'],
    [
      { before: 4 },
      'stacks.0.layer.0.before: 4 is given, but text or a map of keys or null is expected',
    ],
  ])('%j', (mixer, message) => {
    expect(refusal(withMixer(mixer))).toBe(message)
  })

  test('a block that needs a setting says so', () => {
    const stack = { input: [{ block: 'token-embedding' }] }
    expect(refusal(document({ stack }))).toBe(
      'input.token-embedding.vocab_size: is missing; token-embedding needs it',
    )
  })
})

describe('values of a count', () => {
  test.each([
    [0, '0'],
    [-1, '-1'],
    [1.5, '1.5'],
    [Number.NaN, 'NaN'],
    [-Infinity, '-Infinity'],
    ['4', '"4"'],
    [true, 'true'],
    [[4], '[4]'],
    [{}, '{}'],
  ])('%j', (n_heads, shown) => {
    const message = `mixer.n_heads: ${shown} is given, but a whole number of at least 1 is expected`
    expect(refusal(withMixer({ n_heads }))).toBe(message)
  })

  test.each([
    [
      { n_heads: 1e300 },
      'mixer.n_heads: 1e+300 is given, but a whole number of at least 1 and at most 1000000000000 is expected',
    ],
    [
      { n_heads: null },
      'mixer.n_heads: null is given, but a whole number of at least 1 is expected; leave it out for the default',
    ],
    [{ q_bias: 2 }, 'mixer.q_bias: 2 is given, but true or false is expected'],
    [
      { qk_norm: 'sharde' },
      'mixer.qk_norm: "sharde" is none of none, shared, full; did you mean shared?',
    ],
    [
      { position: { block: 'rotary', short_factors: [1, 'a'] } },
      'mixer.position.short_factors: [1,"a"] is given, but a list of numbers is expected',
    ],
    [
      { position: { block: 'rotary', short_factors: [1e300] } },
      'mixer.position.short_factors: [1e+300] is given, but a list of numbers that are 0 or between 1e-12 and 1000000000000 in size is expected',
    ],
    [
      { position: { block: 'rotary', factor: 5e-324 } },
      'mixer.position.factor: 5e-324 is given, but a number that is 0 or at least 1e-12 in size is expected',
    ],
  ])('%j', (mixer, message) => {
    expect(refusal(withMixer(mixer))).toBe(message)
  })
})

describe('the document itself', () => {
  test.each([
    [null, 'the document: null is given, but a map of keys is expected'],
    [undefined, 'the document: is missing; a map of keys is expected'],
    [[], 'the document: [] is given, but a map of keys is expected'],
    ['{}', 'the document: "{}" is given, but a map of keys is expected'],
    [{}, 'name: is missing; text is expected'],
    [document({ dmodel: 4 }), 'the document: the key dmodel is not known; did you mean d_model?'],
    [document({ name: '' }), 'name: is empty; give some text'],
    [document({ d_model: 0 }), 'd_model: 0 is given, but at least 1 is expected'],
    [document({ d_model: '64' }), 'd_model: "64" is given, but a number is expected'],
    [document({ d_model: 1.5 }), 'd_model: 1.5 is given, but a whole number is expected'],
    [document({ stacks: [] }), 'stacks: has 0 entries, but at least 1 are expected'],
    [
      document({ stack: { n_layers: 20_000 } }),
      'stacks.0.n_layers: 20000 is given, but at most 10000 is expected',
    ],
    [
      document({ stack: { role: 'decodr' } }),
      'stacks.0.role: "decodr" is none of decoder, encoder; did you mean decoder?',
    ],
    [
      document({ stack: { depth_routing: { every: 2, capacity: 1.5 } } }),
      'stacks.0.depth_routing.capacity: 1.5 is given, but at most 1 is expected',
    ],
    [
      document({ stack: { depth_routing: { every: 2, offset: 2, capacity: 1 } } }),
      'stacks.0.depth_routing: offset 2 picks no layer; of every 2 it is at most 1',
    ],
  ])('%# says what is expected', (given, message) => {
    expect(refusal(given)).toBe(message)
  })

  test('two stacks of one role', () => {
    const { stacks } = document() as { stacks: unknown[] }
    const twice = document({ stacks: [...stacks, ...stacks] })
    expect(refusal(twice)).toBe('stacks: two stacks are an encoder and a decoder')
  })
})

describe('layers', () => {
  const attention = { block: 'attention', n_heads: 4 }
  test.each([
    [
      'two sublayers of one name',
      withLayer({ name: 'a', ...attention }, { name: 'a', ...attention }),
      'stacks.0.layer: the name a is taken; sublayers of a layer need different names',
    ],
    [
      'a sublayer named as an end of the stack',
      withLayer({ name: 'input', ...attention }),
      'stacks.0.layer: the name input is taken; sublayers of a layer need different names',
    ],
    [
      'a name that an address could not hold',
      withLayer({ name: 'A.b', ...attention }),
      'stacks.0.layer.0.name: "A.b" is given, but a short lower-case name, such as mixer or ffn, is expected',
    ],
    [
      'two blocks of one name side by side',
      withLayer({
        name: 'a',
        blocks: [
          { ...attention, name: 'x' },
          { ...attention, name: 'x' },
        ],
      }),
      'a.x: two blocks stand here; give each a name of its own',
    ],
    [
      'a block named as the norm before it',
      withLayer({ name: 'a', before: 'rmsnorm', blocks: [{ ...attention, name: 'before' }] }),
      'a.before: two blocks stand here; give each a name of its own',
    ],
    [
      'one input block twice',
      document({
        stack: {
          input: [
            { block: 'token-embedding', vocab_size: 9 },
            { block: 'token-embedding', vocab_size: 9 },
          ],
        },
      }),
      'input.token-embedding: two blocks stand here; give each a name of its own',
    ],
    [
      'a block and several',
      withLayer({ name: 'a', ...attention, blocks: [attention] }),
      'a: says either block or blocks, and not both',
    ],
    [
      'neither a block nor several',
      withLayer({ name: 'a' }),
      'a: says either block or blocks, and not both',
    ],
    [
      'a setting beside several blocks',
      withLayer({ name: 'a', n_heads: 4, blocks: [attention] }),
      'a: gives n_heads, but a setting belongs to a block, and here are several; give it there',
    ],
    [
      'a block that does not exist where there are no layers',
      document({ mixer: { block: 'atention' }, stack: {} }),
      'mixer: there is no block atention; did you mean attention?',
    ],
  ])('%s', (_, given, message) => {
    expect(refusal(given)).toBe(message)
  })
})

describe('exceptions', () => {
  const except = (...exceptions: Json[]): Json => withMixer({ except: exceptions })
  test.each([
    [
      except({ layers: [0], n_head: 3 }),
      'mixer.except[0].n_head: attention has no setting n_head; did you mean n_heads?',
    ],
    [
      except({ layers: { first: 4 } }, { layers: [0], n_head: 3 }),
      'mixer.except[1].n_head: attention has no setting n_head; did you mean n_heads?',
    ],
    [
      except({ layers: [0], block: null, n_heads: 3 }),
      'mixer.except[0]: gives n_heads, but a setting belongs to a block, and there is none; give it there',
    ],
    [
      except({ layers: { fist: 4 } }),
      'stacks.0.layer.0.except.0.layers: {"fist":4} is given, but {"first": 3}, {"last": 2}, {"every": 6, "offset": 5} or a list of layers is expected',
    ],
    [
      except({ layers: [] }),
      'stacks.0.layer.0.except.0.layers: has 0 entries, but at least 1 are expected',
    ],
    [
      except({ layers: { every: 2, offset: 2 } }),
      'stacks.0.layer.0.except.0.layers: offset 2 picks no layer; of every 2 it is at most 1',
    ],
    [
      withMixer({ n_head: 4, except: [{ layers: [0], window: 8 }] }),
      'mixer.n_head: attention has no setting n_head; did you mean n_heads?',
    ],
  ])('%# names the exception, or the rule whose mistake it takes over', (given, message) => {
    expect(refusal(given)).toBe(message)
  })
})

describe('shares', () => {
  test('blocks of one share store the same', () => {
    const layer = [
      { name: 'a', share: 'one', block: 'attention', n_heads: 4 },
      { name: 'b', share: 'one', block: 'attention', n_heads: 8 },
    ]
    expect(refusal(withLayer(...layer))).toBe(
      'b: shares one with a block that stores something else; blocks of one share must store the same',
    )
  })

  test('but may see another number of tokens', () => {
    const layer = [
      { name: 'a', share: 'one', block: 'attention', n_heads: 4 },
      { name: 'b', share: 'one', block: 'attention', n_heads: 4, window: 8 },
    ]
    expect(refusal(withLayer(...layer))).toBe('')
  })

  test('and are as wide, in whatever stacks they stand', () => {
    const stack = (role: string, d_model: number): Json => ({
      role,
      d_model,
      n_layers: 1,
      input: [],
      layer: [
        { name: 'a', share: 'one', block: 'attention', n_heads: 4, d_head: 8, d_in: 64, causal: 1 },
      ],
      output: [],
    })
    expect(refusal(document({ stacks: [stack('encoder', 64), stack('decoder', 64)] }))).toBe('')
    expect(refusal(document({ stacks: [stack('encoder', 64), stack('decoder', 32)] }))).toBe(
      'decoder.a: shares one with a block that stores something else; blocks of one share must store the same',
    )
  })
})
