/** The JSON Schema that a file under formulas/ names fits it: an editor that goes by it complains of nothing. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { schemaOf, yamlFiles } from '../../src/schemas/file-schemas.ts'
import { writeSchemas } from '../../src/schemas/write.ts'

beforeAll(() => writeSchemas())

/** Reads the schema from its text, as others do. */
const readSchema = (text: string): z.ZodType =>
  z.fromJSONSchema(JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0])

const named = (file: string, text: string): string => {
  const [, to] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? []
  if (to === undefined) throw new Error(`${file} names no schema in its first line`)
  return path.join(path.dirname(file), to)
}

const files = readdirSync('formulas', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => path.join('formulas', file))
  .toSorted()

test.each(files)('%s', (file) => {
  const text = readFileSync(file, 'utf8')
  const body = parse(text) as Record<string, unknown>
  const schema = named(file, text)
  const [kind = ''] = Object.keys(body)
  // The dictionary's files begin with "entry", those of data with a list of their own.
  if (kind in yamlFiles) expect(path.basename(schema, '.json')).toBe(kind)
  const { error } = readSchema(readFileSync(schema, 'utf8')).safeParse(body)
  expect(error && z.prettifyError(error)).toBeUndefined()
})

describe('a slip is found by the schema alone', () => {
  const block = parse(readFileSync('formulas/ffn/moe.yaml', 'utf8')) as Record<string, unknown>
  const schema = readSchema(JSON.stringify(schemaOf('block')))
  const formula = readSchema(JSON.stringify(schemaOf('formula')))

  test.each<[string, object]>([
    ['an unknown key', { quantites: {} }],
    ['a type that is none', { settings: { top_k: { label: 'Experts', type: 'integer' } } }],
    ['a missing example', { examples: [] }],
    ['a name with a blank', { quantities: { 'one expert': { expr: 1 } } }],
  ])('%s', (_slip, changed) => {
    expect(schema.safeParse(block).success).toBe(true)
    expect(schema.safeParse({ ...block, ...changed }).success).toBe(false)
    expect(formula.safeParse({ ...block, ...changed }).success).toBe(false)
  })
})
