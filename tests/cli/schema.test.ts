import { expect, test } from 'vitest'
import { schemaNames } from '../../src/schemas/file-schemas.ts'
import { archcost } from './archcost.ts'

test('it prints the schema of what is named, of architecture documents where nothing is', async () => {
  const { out } = await archcost(['schema'])
  expect(JSON.parse(out)).toMatchObject({ title: expect.stringContaining('architecture') })
  const { out: scenario } = await archcost(['schema', 'scenario'])
  expect(JSON.parse(scenario)).toMatchObject({ required: expect.arrayContaining(['scenario']) })
})

test('what has no schema is refused with what has', async () => {
  const { err, status } = await archcost(['schema', 'blok'])
  expect(err).toContain('there is no schema of blok; did you mean block?')
  expect(status).toBe(2)
  const { out } = await archcost(['schema', '--help'])
  for (const name of schemaNames) expect(out).toContain(name)
})
