/** Looks for shapes beside the page, so that the page stays quick, and tells of each step. */
import type { Brief } from '../../engine/ask/size/brief.ts'
import { searchDepth } from '../../engine/ask/size/depth-search.ts'

export interface Task {
  brief: Brief
  n_layers: number
}

addEventListener('message', ({ data: { brief, n_layers } }: MessageEvent<Task>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it answers the page that made it
  for (const step of searchDepth(brief, n_layers)) postMessage(step)
})
