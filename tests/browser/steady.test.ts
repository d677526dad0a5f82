/** Nothing on the page moves by itself, and numbers follow a drag in the same frame. */
import { inject } from 'vitest'
import { taken } from './journey.ts'
import { drag, readMarks, watchPage } from './marks.ts'
import { expect, test } from './test.ts'

const four = '?v=1&a=deepseek-v3&b=llama-3.1-405b&c=mixtral-8x7b&d=qwen3-next-80b-a3b'

for (const name of ['Layers, slider', 'Context, slider'])
  test(`${name}: dragged with four models, all numbers follow at once and nothing else moves`, async ({
    visit,
  }) => {
    const page = await visit({ viewport: { width: 1280, height: 900 } })
    await page.addInitScript(watchPage)
    await page.goto(inject('address') + four)
    await taken(page)
    const slider = page.getByRole('slider', { name, exact: true }).first()
    await slider.scrollIntoViewIfNeeded()
    // Once the verdict and the drawing stand, nothing comes any more.
    await page.getByText(/^D: /).waitFor()
    await page.getByRole('tree', { name: 'Parts of the architecture' }).waitFor()
    const before = (await readMarks(page)).shift
    expect(before).toBe(0)
    await drag(page, slider)
    const { inputs, followed, shift } = await readMarks(page)
    expect(inputs.length).toBeGreaterThan(5)
    // The press moves the thumb first, and all else once that is painted.
    expect(followed).toBe(inputs.length - 1)
    expect(shift - before).toBe(0)
  })
