/** What the journeys through the page share: its landmarks, and the steps that many of them begin with. */
import type { Locator, Page } from 'playwright-core'

export const headline = (page: Page): Locator => page.getByLabel('Headline numbers')

/** Waits until the headline holds a text, or every digit of one of its numbers, which stand in its title. */
export const headlineSays = (page: Page, text: string): Promise<void> =>
  headline(page)
    .getByText(text)
    .or(headline(page).locator(`[title*="${text}"]`))
    .first()
    .waitFor({ state: 'attached' })

/** Waits until the page has taken the built HTML over, down to its charts. */
export const taken = (page: Page): Promise<void> =>
  page.getByRole('tabpanel').getByRole('figure').first().waitFor({ state: 'attached' })

export const button = (page: Page | Locator, name: string): Locator =>
  page.getByRole('button', { name, exact: true })

export async function chooseModel(page: Page, name: string): Promise<void> {
  await button(page, 'Another model').click()
  await page.getByRole('combobox', { name: 'Published models' }).fill(name)
  await page.getByRole('option', { name }).first().click()
  await page.getByRole('heading', { name, exact: true }).waitFor()
}

export async function openImport(page: Page): Promise<Locator> {
  await button(page, 'Import').click()
  const dialog = page.getByRole('dialog', { name: 'Import an architecture' })
  await dialog.getByRole('textbox', { name: 'config.json' }).waitFor()
  return dialog
}

export const paste = (dialog: Locator, text: string): Promise<void> =>
  dialog.getByRole('textbox', { name: 'config.json' }).fill(text)

export async function setContext(page: Page, tokens: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Context', exact: true })
  await field.fill(tokens)
  await field.blur()
}

/** Opens the derivation of a number of the headline. */
export async function openDerivation(page: Page): Promise<void> {
  await headline(page).getByRole('button').first().click()
  await page.getByRole('heading', { name: 'Where it comes from' }).waitFor()
  await page.getByRole('tree', { name: 'Inputs' }).waitFor()
}

/** InternLM2-7B: its family is read, and the catalogue has no model of it. */
export const internlm2 = {
  model_type: 'internlm2',
  hidden_size: 4096,
  intermediate_size: 14_336,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  vocab_size: 92_544,
  max_position_embeddings: 32_768,
  rms_norm_eps: 1e-5,
  rope_theta: 1_000_000,
  bias: false,
  hidden_act: 'silu',
  tie_word_embeddings: false,
}

/** As its publisher counts it. */
export const internlm2Parameters = '7,737,708,544'
