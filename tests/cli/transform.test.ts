import { expect, test } from 'vitest'
import { archcost } from './archcost.ts'
import { mistral } from '../engine/transform/documents.ts'

const input = JSON.stringify(mistral)

test('a transformed model is a document that the next command takes', async () => {
  const solar = await archcost(
    ['transform', '-', 'depth-up-scaling:m=8', 'untie', '--name', 'SOLAR'],
    { input },
  )
  expect(solar.status).toBe(0)
  const cost = await archcost(['cost', '-', '--format', 'json'], { input: solar.out })
  expect(JSON.parse(cost.out)).toMatchObject({ name: 'SOLAR', params: { total: 10_731_524_096 } })
})

test('values are numbers as people write them, words, true, false and none', async () => {
  const { out } = await archcost(
    [
      'transform',
      '-',
      'set:max_context=64Ki,ffn.activation=gelu,ffn.ffn_bias=true',
      'window:size=none',
    ],
    { input },
  )
  expect(JSON.parse(out)).toMatchObject({
    max_context: 65_536,
    stacks: [{ layer: [{ name: 'mixer' }, { activation: 'gelu', ffn_bias: true }] }],
  })
})

test.each([
  [['windo:size=3'], 2, 'there is no transform windo; did you mean window?'],
  [['window:4096'], 2, 'window: "4096" is no option; write window:option=value,option=value'],
  [['window:size=many'], 1, 'window.size: '],
  [['mixture-of-depths:capacity=2'], 1, 'mixture-of-depths.capacity: '],
  [['split-experts'], 1, 'split-experts: there is no mixture of experts'],
])('%j ends with status %i and says what is wrong', async (words, status, message) => {
  const ran = await archcost(['transform', '-', ...words], { input })
  expect(ran.err).toContain(message)
  expect(ran).toMatchObject({ status, out: '' })
})
