/** A short run of every door; `npm run fuzz` has the long ones. */
import { expect, test } from 'vitest'
import { doors } from './doors/index.ts'

test.each(doors)('$name: nothing is found among its first inputs', async ({ inputs, fuzz }) => {
  expect(await fuzz({ inputs: inputs / 500, seed: 1 })).toEqual([])
})
