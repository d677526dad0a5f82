/** One new file under formulas/ is all that a mechanism needs, one new entry all that a convention or a total does. tests/browser holds the same of the page. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { succeed, withMechanism, type Copy } from './with-mechanism.ts'

let copy: Copy
beforeAll(() => {
  copy = withMechanism()
})
afterAll(() => copy.remove())

const archcost = (...args: string[]): string => copy.archcost(...args)

test('check accepts the file', () => {
  expect(archcost('check', 'formulas/mixers/average-mixer.yaml')).toMatch(/average-mixer/)
})

test('cost counts what the file says', () => {
  const cost = JSON.parse(
    archcost('cost', 'averages.json', '--context', '10', '--format', 'json'),
  ) as { params: { total: number; by_layer: number[] }; flops: unknown; cache: unknown }
  expect(cost.params).toMatchObject({ total: 144, by_layer: [16, 64, 64], by_role: { state: 144 } })
  expect(cost.flops).toMatchObject({ prefill: 2880, decode: 288 })
  expect(cost.cache).toMatchObject({ bytes: (2 + 8 + 8) * 4, fixed: (2 + 8 + 8) * 4 })
})

test('explain opens it down to its settings, with its source', () => {
  const said = archcost('explain', 'averages.json', 'params.total')
  expect(said).toMatch(/Running average/)
  expect(said).toMatch(/Averaged width/)
  expect(said).toMatch(/example\.org\/average/)
})

test('sweep walks through its setting', () => {
  const swept = archcost(
    'sweep',
    'averages.json',
    '--over',
    'mixer.width=8,16',
    '--of',
    'params.total',
    '--format',
    'csv',
  )
  expect(swept).toMatch(/8,144\n.*16,272/)
})

test('the schema of documents and what settings forms are made from know it', () => {
  expect(archcost('schema')).toMatch(/average-mixer/)
  const settings = `import { blocks } from './src/formulas/index.ts'; console.log(JSON.stringify(blocks['average-mixer'].settings))`
  writeFileSync(join(copy.folder, 'settings.ts'), settings)
  expect(JSON.parse(succeed(copy.run('--import', 'tsx', 'settings.ts')))).toMatchObject([
    { name: 'width', label: 'Averaged width', symbol: 'w', default_text: '2 * d_model' },
  ])
})

describe('one entry is all that a convention or a total needs', () => {
  type Json = { params: object; flops: object; workload: object }
  const cost = (...options: string[]): Json =>
    JSON.parse(
      archcost('cost', 'averages.json', '--context', '10', '--format', 'json', ...options),
    ) as Json

  test('a convention is a part of the workload, an option, a condition and a setting that varies', () => {
    expect(cost().workload).toMatchObject({ counting: 'once' })
    expect(cost('--counting', 'twice').flops).toMatchObject({ prefill: 2 * 2880 })
    expect(archcost('cost', 'averages.json', '--counting', 'thrice')).toMatch(/one of once, twice/)
    expect(archcost('cost', 'averages.json', '--counting', 'twice')).toMatch(
      /averages counted twice \(--counting\)/,
    )
    expect(archcost('explain', 'averages.json', 'flops.decode at counting=twice')).toMatch(/576/)
    const swept = archcost('sweep', 'averages.json', '--over', 'counting=once,twice', '--of', 'flops.decode', '--format', 'csv') // prettier-ignore
    expect(swept).toMatch(/once,288\n.*twice,576/)
  })

  test('the schema of workloads knows it', () => {
    const { properties } = JSON.parse(archcost('schema', 'workload')) as { properties: object }
    expect(properties).toMatchObject({ counting: { enum: ['once', 'twice'] } })
  })

  test('a total stands in the cost, its table and what explain opens', () => {
    expect(cost().params).toMatchObject({ averaged: 144 })
    expect(archcost('cost', 'averages.json')).toMatch(/In averages +144/)
    expect(archcost('explain', 'averages.json', 'params.averaged')).toMatch(
      /params\.averaged = 144 parameters?  Parameters of averages/,
    )
  })
})
