/** Looks for shapes beside the page, so that the page stays quick, and tells of each as it is found. */
import { shapes, type Wish } from './shapes.ts'

addEventListener('message', ({ data }: MessageEvent<Wish>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it answers the page that made it
  for (const step of shapes(data)) postMessage(step)
})
