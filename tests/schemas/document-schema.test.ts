import { expect, test } from 'vitest'
import { documentSchema } from '../../src/schemas/document-schema.ts'
import { blocks } from '../../src/formulas/index.ts'

type Json = { [key: string]: Json } & { $ref?: string; enum?: unknown[] }
const schema = documentSchema() as Json

test('every block stands in it, with every setting and its words', () => {
  for (const { name, settings } of Object.values(blocks)) {
    const { properties } = schema['$defs']![name]!
    expect(Object.keys(properties!)).toEqual(settings.map((setting) => setting.name))
    for (const { name: setting, label } of settings)
      expect(properties![setting]!['description']).toContain(label)
  }
})

test('every reference leads somewhere', () => {
  const references: string[] = []
  JSON.stringify(schema, (key, value: unknown) => {
    if (key === '$ref') references.push(value as string)
    return value
  })
  expect(references.length).toBeGreaterThan(Object.keys(blocks).length)
  for (const reference of references)
    expect(schema['$defs']).toHaveProperty([reference.replace('#/$defs/', '')])
})

test('types, ranges and null follow the formula file', () => {
  const { properties } = schema['$defs']!['attention']!
  expect(properties!['n_heads']).toMatchObject({ type: 'integer', minimum: 1 })
  expect(properties!['window']).toMatchObject({
    anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }],
  })
  expect(properties!['qk_norm']).toMatchObject({
    anyOf: [{ enum: ['none', 'shared', 'full'] }, { type: 'null' }],
  })
  expect(properties!['q_bias']!.enum).toContain(true)
  const [position] = properties!['position']!['anyOf'] as unknown as [
    { anyOf: [{ enum: string[] }] },
  ]
  expect(position.anyOf[0].enum).toContain('rotary')
  expect(position.anyOf[0].enum).not.toContain('attention')
})
