/** Settings: blocks exchanged, patterns, checks at their field, changes in all models at once. */
import { axeReady, findings } from './axe.ts'
import { button, headline, headlineSays, taken } from './journey.ts'
import { expect, test } from './test.ts'

test('attention is exchanged for latent attention, and the cache shrinks', async ({ open }) => {
  const page = await open()
  await taken(page)
  await headlineSays(page, '1,073,741,824 bytes')
  await page
    .getByRole('combobox', { name: 'Block, mixer', exact: true })
    .selectOption('latent-attention')
  // 32 layers, 512 + 64 elements of 2 bytes, 8,192 tokens.
  await headlineSays(page, '301,989,888 bytes')
  await page.getByRole('textbox', { name: 'Latent size' }).first().waitFor()
})

test('every fourth layer becomes a state space, and then every second', async ({ open }) => {
  const page = await open()
  await taken(page)
  const settings = page.getByRole('region', { name: 'Settings of A' })
  // Nothing of attention is kept in a format of states.
  const states = page.getByRole('combobox', { name: 'States', exact: true })
  expect(await states.count()).toBe(0)
  await button(settings, 'Another block in some layers').first().click()
  await settings.getByRole('combobox', { name: 'Block', exact: true }).selectOption('mamba2')
  await button(settings, 'Add').click()
  await settings.getByText('Mamba-2 + Gated feed-forward network in 3, 7').waitFor()
  await states.waitFor()
  await settings.getByRole('textbox', { name: 'every' }).fill('2')
  await settings.getByRole('textbox', { name: 'from layer' }).fill('1')
  await settings.getByText('Mamba-2 + Gated feed-forward network in 1, 3').waitFor()
  await button(settings, 'Make alike').click()
  await headlineSays(page, '8,030,261,248')
})

test('a setting that does not hold says so, and the last result stays', async ({ open }) => {
  const page = await open()
  await headlineSays(page, '8,030,261,248')
  await page
    .getByRole('textbox', { name: /^Key-value heads/ })
    .first()
    .fill('7')
  await page
    .getByRole('alert')
    .getByText(/32 query heads cannot be shared evenly by 7/)
    .waitFor()
  await headlineSays(page, '8,030,261,248')
  await axeReady(page)
  expect(await findings(page, 'settings that do not hold')).toEqual([])
  await button(page, 'Undo the change of Key-value heads').first().click()
  await page.getByRole('alert').waitFor({ state: 'detached' })
})

test('what does not hold is said at the field that was changed, and goes when it is mended', async ({
  open,
}) => {
  const page = await open()
  await taken(page)
  const heads = page.getByRole('textbox', { name: /^Query heads/ }).first()
  // The head size follows from it, and would not be whole.
  await heads.fill('33')
  const trouble = page.locator('[data-address="mixer.n_heads"]').getByText(/follows as d_model/)
  await trouble.waitFor()
  expect(await heads.getAttribute('aria-invalid')).toBe('true')
  await heads.fill('33 heads')
  await button(page, 'Undo the change of Query heads').first().click()
  await trouble.waitFor({ state: 'detached' })
  expect(await heads.inputValue()).toBe('32')
  expect(await page.locator('[aria-invalid="true"]').count()).toBe(0)
})

test('a setting is changed in all models that have it', async ({ open }) => {
  const page = await open('?v=1&a=llama-3.1-8b&b=qwen3-8b')
  await page.getByRole('checkbox', { name: /in all models/ }).check()
  await page.getByRole('textbox', { name: 'Layers', exact: true }).fill('10')
  await expect.poll(() => page.url()).toMatch(/a\.n_layers=10.*b\.n_layers=10/)
  const layers = page
    .getByRole('region', { name: 'Settings that differ' })
    .getByText('n_layers', { exact: true })
  expect(await layers.count()).toBe(0)
  expect(await headline(page).locator('[data-quantity="params.total"]').count()).toBe(2)
})

test('a setting says which key of the config it comes from, or what it follows from', async ({
  open,
}) => {
  const page = await open('?v=1&a=mixtral-8x7b')
  await taken(page)
  const row = (address: string) => page.locator(`[data-address="${address}"]`)
  expect(await row('mixer.n_kv_heads').innerText()).toMatch(/num_key_value_heads/)
  expect(await row('output.output-head.d_emb').innerText()).toMatch(/= d_model/)
  await page.getByRole('textbox', { name: 'Experts', exact: true }).fill('16')
  expect(await row('ffn.n_experts').innerText()).toMatch(/changed/)
})

test('a layer pointed at, or a kind of layer focused, lights up its blocks and says its parameters', async ({
  open,
}) => {
  const page = await open('?v=1&a=deepseek-v3')
  await taken(page)
  const lit = page.locator('[data-block][data-lit="true"]')
  const settings = page.getByRole('region', { name: 'Settings of A' })
  await button(settings, 'Multi-head latent attention + Gated feed-forward network in 0–2').focus()
  await settings.getByText(/^Layer 0: 583\.5M parameters$/).waitFor()
  expect(await lit.evaluateAll((all) => all.map((each) => each.dataset['block']))).toEqual([
    'latent-attention',
    'gated-ffn',
  ])
  await settings.locator('[aria-hidden] > [data-kind]').last().hover()
  await settings.getByText(/^Layer 60: 11\.51B parameters$/).waitFor()
  expect(await lit.evaluateAll((all) => all.map((each) => each.dataset['block']))).toEqual([
    'latent-attention',
    'moe',
  ])
})

test('the machine opens into a rank’s memory, and says what a degree changed', async ({ open }) => {
  const page = await open('?v=2&a=deepseek-v3&machine=NVIDIA+H200+SXM&devices=8&context=131072')
  await page.getByText('on 8 × H200 SXM').click()
  const rank = page.getByRole('figure', { name: /^Memory of a rank, each of 8 × H200 SXM/ })
  // Every rank holds all latents: 61 layers of 576 elements of 2 bytes for each token.
  await rank.getByText(/a sequence of 131,072 tokens, the same on other ranks 9\.211 GB/).waitFor()
  await page.getByRole('combobox', { name: 'Pipeline stages' }).selectOption('2')
  await page.getByText(/cache of a sequence on a rank 9\.211 GB → 4\.530 GB/).waitFor()
  await rank.getByRole('radio', { name: /stage 1/ }).check()
  await rank.getByText('stage 1 of 2').waitFor()
  await expect.poll(() => page.url()).toMatch(/tp=4.*pp=2/)
})

test('what a runtime is set to changes what fits, and an emptied field takes its usual value again', async ({
  open,
}) => {
  const page = await open('?v=2&a=llama-3.1-8b&machine=NVIDIA+H100+SXM')
  const verdict = page.getByRole('region', { name: 'Verdict' })
  await verdict.getByText('on 1 × H100 SXM').click()
  await verdict.getByRole('combobox', { name: 'Runtime' }).selectOption('vllm')
  const usual = verdict.getByRole('button', { name: '50', exact: true })
  await usual.waitFor()
  await verdict.getByText('Settings of vLLM').click()
  const share = verdict.getByRole('textbox', { name: 'Share of the visible memory' })
  await share.fill('0.5')
  await verdict.getByRole('button', { name: '18', exact: true }).waitFor()
  await expect.poll(() => page.url()).toContain('runtime_set=memory_share%3D0.5')
  await axeReady(page)
  expect(await findings(page, 'vllm at half of the memory')).toEqual([])
  await share.fill('')
  await usual.waitFor()
  expect(page.url()).not.toContain('runtime_set')
})
