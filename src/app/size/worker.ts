/** Looks for shapes beside the page, so that the page stays quick, and tells of each step. */
import { searchDepth } from './depth-search.ts'
import type { Wish } from './wish.ts'

export interface Task {
  wish: Wish
  n_layers: number
}

addEventListener('message', ({ data: { wish, n_layers } }: MessageEvent<Task>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it answers the page that made it
  for (const step of searchDepth(wish, n_layers)) postMessage(step)
})
