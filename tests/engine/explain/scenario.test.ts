/** Scenarios of a model: figures of reports, where settings come from, and what is refused. */
import { expect, test } from 'vitest'
import { prepare } from '../../../src/engine/index.ts'
import { explain, explainable, type Choices } from '../../../src/engine/explanations.ts'
import { explainReference } from '../../../src/engine/explain/reference.ts'
import { findDevice } from '../../../src/engine/hardware.ts'
import { completeWorkload } from '../../../src/engine/workload.ts'
import { distinctNames, scenarios } from '../../../src/formulas/explanations.ts'
import { loadModel } from '../../../src/import/catalog/index.ts'
import type { Model, Workload } from '../../../src/engine/index.ts'

const model = async (name: string): Promise<Model> => prepare((await loadModel(name)).architecture)

const ask = async (
  name: string,
  quantity: string,
  workload: Partial<Workload> = {},
  choices: Choices = {},
): Promise<number> => explain(await model(name), workload, quantity, choices).value as number

test('what a scenario asks a model for, a mixture of experts answers', async () => {
  const subject = {
    model: await model('mixtral-8x7b'),
    workload: completeWorkload(await model('mixtral-8x7b')),
    device: findDevice('H100 SXM'),
  }
  const asked = Object.values(scenarios).flatMap(({ from }) => Object.values(from))
  expect(asked.length).toBeGreaterThan(20)
  // Of several ways to say a setting, one has to be open to it.
  for (const ways of asked)
    expect(
      [ways]
        .flat()
        .some((way) =>
          distinctNames(way).every((name) => explainReference(name, subject) !== undefined),
        ),
      JSON.stringify(ways),
    ).toBe(true)
})

test.each<[string, string, Partial<Workload>, Choices, number]>([
  // DeepSeek-V3's report, 3.2: eight-bit dispatch with its scales, sixteen bits back, at most four nodes.
  ['deepseek-v3', 'expert-parallelism.node_dispatch_bytes', {}, {}, 29568],
  ['deepseek-v3', 'expert-parallelism.node_combine_bytes', {}, {}, 57344],
  ['deepseek-v3', 'expert-parallelism.experts_per_rank', {}, { set: { ep: '64' } }, 4],
  ['deepseek-v3', 'expert-parallelism.moe_layers', {}, {}, 58],
  // Its 11.61B of a further module, 13.46B with embedding and head once more.
  ['deepseek-v3', 'multi-token-prediction.params', {}, {}, 11_610_067_968],
  ['mixtral-8x7b', 'distinct-experts.distinct', { batch: 4 }, {}, 5.46875],
  ['mixtral-8x7b', 'distinct-experts.other_params', {}, {}, 32768],
  ['mixtral-8x7b', 'load-balancing.balancing_loss_unscaled', {}, {}, 2],
  ['mixtral-8x7b', 'load-balancing.mean_load', { context: 2048, batch: 2 }, {}, 1024],
  ['llama-3.1-8b', 'memory.bytes', {}, {}, 17_134_264_320],
  ['llama-3.1-8b', 'weights.bytes', { bytes_per_weight: 1 }, {}, 8_030_261_248],
])('%s: %s', async (name, quantity, workload, choices, expected) => {
  expect(await ask(name, quantity, workload, choices)).toBe(expected)
})

test.each([
  // 15.01 GB of weights without the table and 1.07 GB of cache.
  ['llama-3.1-8b', 'roofline.step_bytes', {}, 16.08e9],
  ['llama-3.1-8b', 'roofline.seconds', {}, 0.0048],
  ['llama-3.1-8b', 'roofline.tokens_per_second', {}, 208],
  ['mixtral-8x7b', 'distinct-experts.distinct', { batch: 16 }, 7.92],
  ['deepseek-v3', 'distinct-experts.distinct', { batch: 128 }, 251.6],
  ['llama-2-70b', 'loss at tokens=1.4T', {}, 1.974],
])('%s: %s is about what is published', async (name, quantity, workload, published) => {
  const found = await ask(
    name,
    quantity,
    { context: 8192, ...workload },
    { device: findDevice('H100 SXM') },
  )
  expect(Math.abs(found / published - 1)).toBeLessThan(0.002)
})

test('every setting says where it comes from', async () => {
  const tree = explain(await model('deepseek-v3'), {}, 'expert-parallelism.dispatch_bytes', {
    set: { ep: '32' },
  })
  const origins = tree.inputs.map(({ name, origin, inputs }) => [name, origin, inputs[0]?.name])
  expect(origins).toEqual([
    ['top_k', 'model', 'experts.top_k'],
    ['ep', 'changed', undefined],
    ['token_bytes', undefined, 'd_model'],
  ])
  const time = explain(await model('llama-3.1-8b'), {}, 'roofline.ridge', {
    device: findDevice('L40S'),
  })
  const [peak, bandwidth] = time.inputs
  expect(peak!.value).toBe(362e12)
  expect(peak!.inputs.find(({ name }) => name === 'peak_flops')!.origin).toBe('device')
  expect([bandwidth!.origin, bandwidth!.value]).toEqual(['device', 0.864e12])
})

test('a condition chooses for one quantity alone', async () => {
  expect(await ask('deepseek-v3', 'expert-parallelism.experts_per_rank at ep=32')).toBe(8)
  expect(await ask('mixtral-8x7b', 'distinct-experts.distinct at batch=4')).toBe(5.46875)
  expect(await ask('llama-3.1-8b', 'roofline.bandwidth at device=L40S')).toBe(0.864e12)
})

test.each([
  [
    'llama-3.1-8b',
    'load-balancing.balancing_loss',
    {},
    /asked of experts.n_experts, which this model does not have/,
  ],
  [
    'mixtral-8x7b',
    'load-balancing.balancing_los',
    {},
    /did you mean load-balancing.balancing_loss/,
  ],
  [
    'mixtral-8x7b',
    'load-balancing.capacity',
    { set: { top_kk: '2' } },
    /top_kk: is no setting of load-balancing; did you mean top_k/,
  ],
  [
    'mixtral-8x7b',
    'expert-parallelism.dispatch_bytes at ep=3',
    {},
    /8 experts cannot be shared evenly by 3 ranks/,
  ],
  [
    'mixtral-8x7b',
    'load-balancing.load',
    { set: { loads: 'many' } },
    /a list has blanks between its numbers/,
  ],
  ['mixtral-8x7b', 'load-balancing.load', { set: { distribution: 'zip' } }, /did you mean zipf/],
  ['llama-3.1-8b', 'roofline.n_devices', {}, /stand on every device/],
  ['llama-3.1-8b', 'roofline.seconds', { set: { n_devices: '8' } }, /ask for one device/],
  ['llama-3.1-8b', 'roofline.seconds', { set: { tp: '8' } }, /tp changes nothing of it/],
  ['mixtral-8x7b', 'training-memory.model_bytes', { set: { ep: '8' } }, /ep changes nothing of it/],
  [
    'deepseek-v3',
    'training-memory.activation_bytes',
    {},
    /known here for a plain GPT of 2022 alone/,
  ],
  ['mixtral-8x7b', 'speculative-decoding.speedup', {}, /a mixture of 8 experts reads more of them/],
  ['llama-3.1-8b', 'loss', {}, /say it: loss at tokens=15T/],
  [
    'llama-3.1-8b',
    'flops.decode at ep=3',
    {},
    /at says parts of the workload, such as context and batch, not ep/,
  ],
  [
    'bert-base-uncased',
    'roofline.seconds',
    {},
    /asked of flops.decode, which this model does not have/,
  ],
])('%s: %s is refused', async (name, quantity, choices, message) => {
  await expect(ask(name, quantity, {}, choices)).rejects.toThrow(message)
})

test.each(['mixtral-8x7b', 'llama-3.1-8b', 'mamba-130m', 'bert-base-uncased', 't5-small'])(
  'all that is listed for %s can be opened',
  async (name) => {
    const opened = await model(name)
    const listed = explainable(opened)
    expect(listed.some((each) => each.startsWith('load-balancing.'))).toBe(
      name.startsWith('mixtral'),
    )
    for (const quantity of listed)
      expect(() => explain(opened, {}, quantity), quantity).not.toThrow()
  },
)
