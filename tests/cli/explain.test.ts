/** Opening numbers from the command line, with what is chosen for scenarios. */
import { writeFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { archcost } from './archcost.ts'

const first = async (...args: string[]): Promise<string> =>
  (await archcost(['explain', ...args, '--depth', '0'])).out.split('\n')[0]!

const values = async (...args: string[]): Promise<unknown> =>
  JSON.parse((await archcost(['explain', ...args, '--format', 'json'])).out).value

test('settings of a scenario, of the model, and of both', async () => {
  const quantity = 'distinct-experts.distinct'
  expect(await values('mixtral-8x7b', quantity, '--batch', '4')).toBe(5.46875)
  // More experts in the model: 16 * (1 - (14 / 16) ^ 2).
  expect(await values('mixtral-8x7b', quantity, '--batch', '2', '--set', 'n_experts=16')).toBe(3.75)
  // One token for all to agree on: no more than its own two.
  expect(await values('mixtral-8x7b', quantity, '--batch', '2', '--set', 'tokens=1')).toBe(2)
  expect(await values('llama-3.1-8b', 'params.total', '--set', 'n_layers=16')).toBe(
    8_030_261_248 - 16 * 218_112_000,
  )
})

test('a model without experts gets an error that says what to do', async () => {
  const { status, err } = await archcost(['explain', 'gpt2', 'load-balancing.balancing_loss'])
  expect(status).toBe(1)
  expect(err).toContain('which this model does not have; choose another model')
})

test('devices: known, in a file, said in place', async () => {
  const quantity = 'roofline.ridge'
  expect(await first('gpt2', quantity, '--on', 'h100 sxm')).toMatch(/^roofline.ridge = 295.343 /)
  const file = join(mkdtempSync(join(tmpdir(), 'device-')), 'own.yaml')
  writeFileSync(file, 'name: Own\nmemory: 1e10\nbandwidth: 2e12\npeak: { bf16: 4e14 }\n')
  expect(await values('gpt2', quantity, '--on', file)).toBe(200)
  // Beside a known one, by its name.
  const both = [`${quantity} at device=L40S`, `${quantity} at device=own`]
  expect(await Promise.all(both.map((each) => values('gpt2', each, '--on', file)))).toEqual([
    await values('gpt2', quantity, '--on', 'L40S'),
    200,
  ])
  const said = 'memory=10GB,bandwidth=2TB,peak=1e14'
  expect(await values('gpt2', quantity, '--on', said)).toBe(50)
})

test.each([
  ['memory=10GB,bandwidth=2TB', 2, 'has no peak'],
  ['memory=10GB,bandwidth=2TB,peak=1e14,cores=3', 2, 'not cores'],
  ['nowhere.yaml', 1, 'there is no file nowhere.yaml'],
  ['abacus', 1, 'is not a known device'],
])('the device %s is refused', async (device, expected, message) => {
  const { status, err } = await archcost(['explain', 'gpt2', 'roofline.ridge', '--on', device])
  expect(status).toBe(expected)
  expect(err).toContain(message)
})

test('a format of one’s own has so many bits', async () => {
  expect(await values('gpt2', 'weights.bytes', '--dtype', '4.5bits')).toBe(
    await values('gpt2', 'weights.bytes', '--dtype', 'q4_k'),
  )
})
