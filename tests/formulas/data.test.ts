/** Data files say where they are wrong. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readDevices, readWeightFormats } from '../../src/formulas/data.ts'
import { emitMixtures, readMixtures } from '../../src/formulas/mixtures.ts'

const hardware = (text: string): unknown => readDevices({ file: 'formulas/hardware.yaml', text })
const device = (more: string): string =>
  `hardware:\n  - name: Card\n    memory: 1e9\n    visible:\n      share: 0.5\n    bandwidth: 1e12\n    peak:\n      bf16: 1e14\n    source:\n      title: Datasheet\n      url: https://example.org\n${more}`

test('the files of the project are right', () => {
  const read = (file: string): { file: string; text: string } => ({
    file,
    text: readFileSync(file, 'utf8'),
  })
  expect(readDevices(read('formulas/hardware.yaml')).length).toBeGreaterThanOrEqual(30)
  expect(
    readWeightFormats(read('formulas/weight-formats.yaml')).find(({ name }) => name === 'q4_k'),
  ).toMatchObject({ bits: 4.5 })
})

describe('hardware', () => {
  test('a device', () => {
    expect(hardware(device(''))).toMatchObject([
      { name: 'Card', memory: 1e9, visible: 5e8, assumed: ['visible'], peak: { bf16: 1e14 } },
    ])
  })
  test.each([
    ['hardware: [', /hardware.yaml: bad YAML/],
    ['hardware: []', /hardware.yaml › hardware: /],
    [device('    colour: green\n'), /hardware.yaml › hardware.Card: .*colour/],
    [device('').replace('share: 0.5', 'share: 1.5'), /hardware.Card.visible/],
    [device('    also: [card]\n'), /hardware.yaml › card: stands there twice/],
    [device('').replace('1e9', '-1'), /hardware.yaml › hardware.Card.memory: /],
    [device('').replace('1e9', '80 GB'), /hardware.yaml › hardware.Card.memory: .*number/],
    [
      device('').replace('https://example.org', 'datasheet'),
      /hardware.yaml › hardware.Card.source.url: /,
    ],
    [device(device('').split('hardware:\n')[1]!), /hardware.yaml › card: stands there twice/],
  ])('%#', (text, message) => {
    expect(() => hardware(text)).toThrow(message)
  })
})

test('a weight format is named in lower case', () => {
  const formats = (name: string): unknown =>
    readWeightFormats({
      file: 'formulas/weight-formats.yaml',
      text: `weight_formats:\n  - name: ${name}\n    bits: 4.5\n`,
    })
  expect(formats('q4_k')).toEqual([{ name: 'q4_k', bits: 4.5 }])
  expect(() => formats('Q4_K')).toThrow(
    /weight-formats.yaml › weight_formats.Q4_K.name: "Q4_K" is given, but a name in lower case/,
  )
})

describe('mixtures', () => {
  const mixtures = (rule: string, format = 'q4_k'): unknown =>
    readMixtures(
      {
        file: 'formulas/mixtures/own.yaml',
        text: `family: own\nabout: Own.\nsource: { title: A, url: 'https://example.org' }\nmixtures:\n  own:\n    format: ${format}\n    rules:\n      - ${rule}\n`,
      },
      [{ name: 'q4_k' }, { name: 'awq-int4', group: 128 }],
      ['attention', 'norm'],
    )

  test('rules by role, matrix and layer', () => {
    expect(
      mixtures(`{ roles: [norm], is: [down], when: layer < 4, format: awq-int4-g64 }`),
    ).toMatchObject({ mixtures: { own: { rules: [{ when: 'layer < 4' }] } } })
  })
  test.each([
    ['{ format: q4_l }', /own.yaml › mixtures.own.rules.0: q4_l is no format; did you mean q4_k/],
    ['{ roles: [norms], format: q4_k }', /rules.0: norms is no role; attention, norm are/],
    ['{ when: depth < 4, format: q4_k }', /rules.0.when: depth is not known here; layer, n_layers/],
    ['{ colour: green, format: q4_k }', /colour/],
  ])('%s is refused', (rule, message) => {
    expect(() => mixtures(rule)).toThrow(message)
  })
  test('a name stands there once', () => {
    const read = mixtures('{ format: q4_k }') as Parameters<typeof emitMixtures>[0][number]
    expect(() => emitMixtures([read, read])).toThrow(/own: stands there twice/)
  })
})
