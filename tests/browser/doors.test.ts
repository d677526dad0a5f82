/** The three jobs people come for, each from its link. */
import { headline, headlineSays } from './journey.ts'
import { expect, test } from './test.ts'

test('sizing: a budget gives shapes near it, and one of them opens in the calculator', async ({
  open,
}) => {
  const page = await open()
  await page.getByRole('link', { name: 'Size a model' }).click()
  await page.getByRole('heading', { name: 'What shape fits the budget?' }).waitFor()
  await page.getByText('17 shapes, those that fit best first.').waitFor()
  const first = page.getByRole('table', { name: 'Candidate shapes' }).getByRole('row').nth(1)
  const name = await first.getByRole('rowheader').innerText()
  await first.getByRole('button', { name: /^Open/ }).click()
  const [, layers, width] = /(\d+) layers of ([\d,]+)/.exec(name)!
  await page
    .getByRole('heading', { name: `${layers} layers of ${width!.replace(',', '')}`, exact: true })
    .waitFor()
  // Of 13 billion, to a hundredth.
  expect(await headline(page).innerText()).toMatch(/1(2\.9|3\.0|3\.1)\d+\s*B/)
})

test('a budget that cannot be read says so at its field', async ({ open }) => {
  const page = await open('?v=1&ask=size')
  const field = page.getByRole('textbox', { name: 'Budget: parameters' })
  await field.fill('7 bananas')
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  await field.fill('7B')
  await page.getByText(/Published models near it/).waitFor()
  await page
    .getByRole('link', { name: /^OLMo-2-1124-7B|^Mistral-7B|7B/ })
    .first()
    .waitFor()
})

test('comparing: a mixture of experts beside a dense model, with what is active in front', async ({
  open,
}) => {
  const page = await open()
  await page.getByRole('link', { name: 'Compare MoE with dense' }).click()
  await page.getByRole('heading', { name: /mixture of experts save/ }).waitFor()
  await page
    .getByRole('heading', { name: /Stored for other tokens: 72% of the parameters of Mixtral/ })
    .waitFor()
  await headline(page).getByText('0.187×').first().waitFor()
})

test('stretching: memory against context is in front', async ({ open }) => {
  const page = await open()
  await page.getByRole('link', { name: 'Stretch the context' }).click()
  await page.getByRole('tab', { name: 'Memory', selected: true }).waitFor()
  await headlineSays(page, '131,072 tokens')
})

test('past the trained length there is a warning, and numbers all the same', async ({ open }) => {
  const page = await open('?v=1&a=llama-3.1-8b&context=1Mi')
  await page.getByText(/not made for a context this long: at most 131,072 tokens/).waitFor()
  await headlineSays(page, '137,438,953,472 bytes')
})
