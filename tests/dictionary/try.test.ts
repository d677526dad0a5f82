/** What an example's links open is what the example computes. */
import { describe, expect, test } from 'vitest'
import { openEntry } from '../../src/app/dictionary/read.ts'
import { slotFromCatalogue } from '../../src/app/models/catalogue.ts'
import { readUrl } from '../../src/app/state/read-url.ts'
import { list } from '../../src/dictionary/index.ts'
import { evaluate } from '../../src/engine/index.ts'
import { explain } from '../../src/engine/explanations.ts'

const terms = list.map(({ term }) => term)

async function opened(href: string) {
  const { search, hash } = new URL(href, 'https://page.example/')
  const none = () => slotFromCatalogue('gpt2', 'A')
  const { session, troubles } = await readUrl(search, hash, none)
  expect(troubles).toEqual([])
  return session
}

describe.each(terms)('the links of %s', (term) => {
  test('open its models', async () => {
    for (const { href, models } of (await openEntry(term)).examples) {
      if (href === null) continue
      const { slots } = await opened(href)
      expect(slots.map(({ model }) => evaluate(model).params)).toEqual(
        models.slice(0, 4).map(({ model }) => evaluate(model).params),
      )
    }
  })

  test('open the figures it computes', async () => {
    for (const { figures, derivations } of (await openEntry(term)).examples)
      for (const { name, value } of figures) {
        const href = derivations[name]
        if (href === null || href === undefined) continue
        const { slots, opened: number, workload } = await opened(href)
        const { model } = slots.find(({ letter }) => letter === number?.letter)!
        expect(explain(model, workload, number!.quantity).value).toEqual(value)
      }
  })
})
