/** Comparing, exchanging, and what cannot be solved for, on the command line. */
import { expect, test } from 'vitest'
import { archcost } from './archcost.ts'

const words = (line: string): string[] => line.split(' ')
const run = async (line: string): Promise<string> => {
  const { status, out, err } = await archcost(words(line))
  expect(err).toBe('')
  expect(status).toBe(0)
  return out
}

test('encoders are compared, swept and exchanged by what they have', async () => {
  const compared = await run('compare bert-base-uncased bert-large-uncased --context 512')
  expect(compared).toMatch(
    /params.total\n +bert-base-uncased +109,514,298 +109.5M\n +bert-large-uncased +335,174,458/,
  )
  expect(compared).not.toMatch(/decode|cache/)
  const swept = await run('sweep bert-base-uncased --over context=128,512 --format csv')
  expect(swept.split('\n')[0]).toBe('model,context,params.total,flops.prefill')
})

test('a crossing beyond what a model is made for says so', async () => {
  const out = await run('counterpart mamba-1.4b --crossing gpt2')
  expect(out).toContain('gpt2 is made for a context of 1,024 at most.')
})

test('a crossing takes what is set of the scenario that its cost belongs to', async () => {
  const line = [
    'counterpart',
    'mamba-1.4b',
    '--crossing',
    'pythia-1.4b',
    '--format',
    'json',
    '--of',
  ]
  const set = await archcost([...line, 'roofline.seconds', '--set', 'flops_efficiency=0.5'])
  const said = await archcost([...line, 'roofline.seconds at flops_efficiency=0.5'])
  expect((JSON.parse(set.out) as { crossings: object[] }).crossings.length).toBeGreaterThan(0)
  expect(set.out).toBe(said.out)
})

test('a counterpart names every setting that was solved for', async () => {
  const out = await run('counterpart t5-base --mla')
  expect(out).toContain('encoder.mixer.kv_lora_rank, decoder.mixer.kv_lora_rank 1,504 bring')
})

test('counterpart is a document', async () => {
  const { out } = await archcost(words('counterpart mixtral-8x7b --dense --format architecture'))
  const cost = await archcost(words('cost - --format json'), { input: out })
  expect((JSON.parse(cost.out) as { params: { active: number } }).params.active).toBe(12880056320)
})

test('a counterpart that cannot be equal says between what it stays', async () => {
  // Latents see the whole context, of which the windows of this model keep 2,048.
  const out = await run('counterpart recurrentgemma-2b --mla --context 30000')
  expect(out).toContain('Whatever mixer.except[0].kv_lora_rank is, cache.bytes stays between')
})

test('a curve without a value at some place says why beside the table', async () => {
  const line = 'solve llama-3.1-8b --vary n_layers --over d_model=4000,4096 --hold d_head'
  for (const format of ['table', 'csv']) {
    const { out, err } = await archcost(words(`${line} --target params=8e9 --format ${format}`))
    expect(err).toMatch(/^d_model 4,000: .*d_model must be a multiple of 128\n$/)
    expect(out).not.toContain('multiple of')
  }
})

test.each([
  [
    'solve gemma-3n-e2b --vary n_layers --target params=5e9',
    1,
    'archcost: n_layers cannot be other than 30, so params.total stays 4,435,182,688\n',
  ],
  [
    'solve mamba-1.4b --vary context --on -1',
    2,
    'archcost: --on: memory: "-1" is below 1, the least it can be\n',
  ],
])('%s', async (line, expected, message) => {
  const { status, err } = await archcost(words(line))
  expect([status, err]).toEqual([expected, message])
})
