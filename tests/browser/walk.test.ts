/** Every choice of every chart, with three models, while settings change: nothing falls. */
import { taken } from './journey.ts'
import { expect, test } from './test.ts'

// Windows, experts with latent attention, and neither: all charts have something to draw.
const three = '?v=1&a=llama-3.1-8b&b=gemma-3-12b&c=deepseek-v3&context=8192'

const charts = [
  'Architecture', 'Made of', 'Sweep', 'Memory', 'Attention', 'Batch', 'Roofline', 'Deep or wide', 'Experts', 'Rotary', 'Difference',
] // prettier-ignore

test('every choice of every chart is drawn while settings change', async ({ open }) => {
  const page = await open(three)
  await taken(page)
  for (const name of charts) {
    await page.getByRole('tab', { name, exact: true }).click()
    const panel = page.getByRole('tabpanel', { name, exact: true })
    await panel.locator('figure, p').first().waitFor()
    // In the page itself, where a choice takes a moment instead of a journey.
    expect([name, await panel.evaluate(walk)]).toEqual([name, []])
  }
})

/** @returns the choices after which something on the page could not be shown */
async function walk(panel: Element): Promise<string[]> {
  const failed: string[] = []
  const controls = (): Element[] => [...panel.querySelectorAll('select, input[type=radio]')]
  let steps = 0
  for (let place = 0; place < controls().length; place++) {
    const options = (controls()[place] as HTMLSelectElement).options
    for (const value of options ? Array.from(options, (option) => option.value) : [null])
      for (const change of [() => choose(place, value), () => changeSomething(steps++)]) {
        change()
        await drawn()
        if (document.querySelector('[role=alert]')) failed.push(`${place} ${value} ${steps}`)
      }
  }
  return failed

  function choose(place: number, value: string | null): void {
    const control = controls()[place]
    if (value === null) return (control as HTMLInputElement).click()
    const select = control as HTMLSelectElement
    select.value = value
    select.dispatchEvent(new Event('change', { bubbles: true }))
  }

  /** By turns layers, the context, another model, and a step back. */
  function changeSomething(step: number): void {
    const field = (label: string): HTMLInputElement =>
      Array.from(document.querySelectorAll('label'), (each) =>
        each.textContent.startsWith(label) ? (each.control as HTMLInputElement) : null,
      ).find((each) => each !== null)!
    const press = (element: Element, key: string): unknown =>
      element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, shiftKey: true }))
    if (step % 4 === 0) press(field('Layers'), 'ArrowUp')
    if (step % 4 === 1) press(field('Context'), 'ArrowDown')
    if (step % 4 === 2) press(document.body, String(1 + ((step >> 2) % 3)))
    if (step % 4 === 3) document.querySelector<HTMLElement>('[aria-label=Undo]')!.click()
  }

  async function drawn(): Promise<void> {
    for (let frames = 0; frames < 2; frames++)
      await new Promise((done) => requestAnimationFrame(done))
  }
}
