/** What a browser measures of a page by itself (events, layout shifts, the largest paint), and a drag to measure. */
import type { Locator, Page } from 'playwright-core'

export interface Marks {
  /** Interactions as the browser times them, from the event to the next paint, in ms. */
  interactions: number[]
  /** The same of each input of a slider, which while it is dragged belong to one interaction. */
  inputs: number[]
  /** After how many inputs the headline was another before the next paint. */
  followed: number
  /** Layout shift, without and with what follows an input. */
  shift: number
  shiftWithInput: number
  /** When the largest part of the first view stood, in ms. */
  painted: number
}

declare global {
  interface Window {
    marks: Marks
  }
}

/** Runs in the page, before its own scripts. */
export function watchPage(): void {
  const marks: Marks = {
    interactions: [],
    inputs: [],
    followed: 0,
    shift: 0,
    shiftWithInput: 0,
    painted: 0,
  }
  window.marks = marks
  const observe = (type: string, take: (entry: never) => void): void =>
    new PerformanceObserver((list) => list.getEntries().forEach(take as () => void)).observe({
      type,
      buffered: true,
      durationThreshold: 16,
    } as PerformanceObserverInit)
  observe('event', ({ duration, interactionId }: { duration: number; interactionId: number }) => {
    if (interactionId > 0) marks.interactions.push(duration)
  })
  observe('layout-shift', (entry: { value: number; hadRecentInput: boolean }) => {
    if (!entry.hadRecentInput) marks.shift += entry.value
    marks.shiftWithInput += entry.value
  })
  observe('largest-contentful-paint', ({ startTime }: PerformanceEntry) => {
    marks.painted = startTime
  })
  const headline = (): string =>
    document.querySelector('[aria-label="Headline numbers"]')?.textContent ?? ''
  addEventListener(
    'input',
    ({ timeStamp }) => {
      const before = headline()
      requestAnimationFrame(() => {
        if (headline() !== before) marks.followed++
        // A task of its own runs after the frame is painted.
        const painted = new MessageChannel()
        painted.port1.addEventListener('message', () =>
          marks.inputs.push(performance.now() - timeStamp),
        )
        painted.port1.start()
        painted.port2.postMessage(null)
      })
    },
    { capture: true },
  )
}

export const readMarks = (page: Page): Promise<Marks> =>
  page.evaluate(() => structuredClone(window.marks))

/** Pressed at the present value, moved in steps to a third and back, let go. */
export async function drag(page: Page, slider: Locator): Promise<void> {
  const box = (await slider.boundingBox())!
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + box.width * 0.6, y)
  await page.mouse.down()
  for (let step = 0; step < 40; step++) {
    const part = 0.6 - 0.25 * Math.sin((step / 40) * Math.PI)
    await page.mouse.move(box.x + box.width * part, y)
    await page.waitForTimeout(60)
  }
  await page.mouse.up()
}

/**
 * Puts a config into the import dialog, opens it as soon as that is offered, and waits for the verdict. Runs in the page.
 * @returns ms from the paste to the verdict
 */
export function pasteToVerdict(text: string): Promise<number> {
  const verdict = (): string =>
    document.querySelector('[aria-label="Verdict"] p')?.textContent ?? ''
  const before = verdict()
  const field = document.querySelector('dialog textarea')!
  const { set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!
  const begin = performance.now()
  set!.call(field, text)
  field.dispatchEvent(new Event('input', { bubbles: true }))
  return new Promise((resolve) => {
    const look = (): void => {
      const offered = [...document.querySelectorAll<HTMLButtonElement>('dialog button')].find(
        ({ textContent, disabled }) => !disabled && textContent.startsWith('Open as'),
      )
      offered?.click()
      const stands = document.querySelector('dialog') === null && !['', before].includes(verdict())
      if (stands) resolve(performance.now() - begin)
      else requestAnimationFrame(look)
    }
    look()
  })
}
