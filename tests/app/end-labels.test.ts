/** Names at the ends of lines stand beside each other, wherever the lines end. */
import { expect, test } from 'vitest'
import { endLabels } from '../../src/app/charts/end-labels.ts'

const plot = { range: [1, 100], height: 200, isNarrow: false } as const
const lines = ['A cache', 'B cache'].map((label) => ({ label, values: [10] }))

test.each([1, 0.5, -Infinity, NaN])('the last place is %d along the axis', (along) => {
  const [first, second] = endLabels(lines, { ...plot, along: [along] })
  expect(second!.shift - first!.shift).toBeGreaterThanOrEqual(15)
})
