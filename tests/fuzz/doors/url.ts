/** A link: the page opens with sound models and says what it could not give; its own link gives the same page again. */
import * as fc from 'fast-check'
import { slotFromCatalogue } from '../../../src/app/models/catalogue.ts'
import { pack } from '../../../src/app/state/compress.ts'
import { firstModel } from '../../../src/app/state/fresh.ts'
import { readUrl } from '../../../src/app/state/read-url.ts'
import { entries } from '../../../src/app/state/record.ts'
import type { Session } from '../../../src/app/state/session.ts'
import { writeUrl } from '../../../src/app/state/write-url.ts'
import { evaluate } from '../../../src/engine/index.ts'
import { entries as published } from '../../../src/import/catalog/index.ts'
import { door } from '../door.ts'
import { changed, changes, printed } from '../json-changes.ts'
import { documentKeys, documents, documentTexts } from '../published.ts'
import { mustBeClear, mustBeCost, mustHelp } from '../sound.ts'
import { changedText, textChanges } from '../text-changes.ts'

const models = published.map(({ name }) => name)
const settings =
  ' n_layers d_model mixer.n_heads mixer.n_kv_heads mixer.window mixer.except[0].window mixer.before mixer.position.theta' +
  ' ffn.d_ff ffn.block ffn.except[0].layers input.token-embedding.vocab_size output.output-head.tied' +
  ' __proto__ constructor.prototype.x stacks'
const keys = [
  ...'v a b c d model'.split(' '),
  ...entries.map(({ key }) => key.name),
  ...settings.split(' ').flatMap((setting) => [`a.${setting}`, `b.${setting}`]),
]
const texts =
  ' ~ 1 0 -1 1e9 1e12 128k 64Ki 1e999 1.5 true false null NaN [ [1,2] [{"first":3}] A B full all GiB compare size sweep' +
  ' A.params.total attention moe'
const values = [...models, ...texts.split(' ')]
const pair = fc.tuple(
  fc.constantFrom(...keys),
  fc.oneof(fc.constantFrom(...values), fc.string({ unit: 'binary', maxLength: 8 })),
)

/** Documents for the hash: sound ones, changed ones, and texts that no document was packed into. */
const inHash = fc.oneof(
  fc
    .tuple(fc.constantFrom(...documents), changes(documentKeys, documentTexts))
    .map(([document, steps]) => ({ document: changed(document, steps), steps: [] })),
  fc
    .tuple(fc.constantFrom(...documents), textChanges())
    .map(([document, steps]) => ({ document, steps })),
)

const first = () => slotFromCatalogue(firstModel, 'A')

export const url = door({
  name: 'url',
  inputs: 100_000,
  input: fc.record({
    pairs: fc.array(pair, { maxLength: 8, size: 'max' }),
    steps: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, textChanges(keys)),
    hash: fc.option(fc.tuple(fc.constantFrom('a', 'b'), inHash), { freq: 4 }),
  }),
  async check(input) {
    const { search, hash } = await link(input)
    const { session, troubles } = await readUrl(search, hash, first)
    troubles.forEach(mustHelp)
    mustBeSession(session)
    const again = new URL(await writeUrl(session), 'https://archcost.example/')
    const reopened = await readUrl(again.search, again.hash, first)
    const before = written(session)
    const after = written(reopened.session)
    if (before !== after)
      throw new Error(`the page's own link gives another page: ${different(before, after)}`)
  },
  show: ({ pairs, steps, hash }) =>
    printed({ search: searchOf(pairs, steps), hash: hash && { [hash[0]]: hash[1] } }),
})

type Input = {
  pairs: [string, string][]
  steps: Parameters<typeof changedText>[1]
  hash: [string, { document: unknown; steps: Parameters<typeof changedText>[1] }] | null
}

/** What a browser would make of it: a text with lone surrogates is none of a URL. */
const searchOf = (pairs: Input['pairs'], steps: Input['steps']): string =>
  Buffer.from(changedText(`?${new URLSearchParams(pairs).toString()}`, steps)).toString()

async function link({ pairs, steps, hash }: Input): Promise<{ search: string; hash: string }> {
  if (hash === null) return { search: searchOf(pairs, steps), hash: '' }
  const [letter, { document, steps: broken }] = hash
  if (printed(document).startsWith('(')) return { search: searchOf(pairs, steps), hash: '' }
  const packed = changedText(await pack(document), broken)
  return { search: searchOf([[letter, '~'], ...pairs], steps), hash: `#${letter}=${packed}` }
}

function mustBeSession({ slots, workload, active, baseline, opened }: Session): void {
  if (slots.length === 0) throw new Error('no model is open')
  const letters = slots.map(({ letter }) => letter)
  for (const letter of [active, baseline, ...(opened ? [opened.letter] : [])])
    if (!letters.includes(letter)) throw new Error(`${letter} is looked at, and is not open`)
  for (const { model, problem } of slots) {
    if (problem) mustHelp(problem.message)
    try {
      mustBeCost(evaluate(model, workload))
    } catch (error) {
      mustBeClear(error)
    }
  }
}

/** All that a link holds. */
const written = ({ slots, ...rest }: Session): string =>
  JSON.stringify({
    ...rest,
    slots: slots.map(({ letter, document, changes: own }) => ({ letter, document, own })),
  })

function different(a: string, b: string): string {
  let at = 0
  while (a[at] === b[at] && at < a.length) at++
  return `${a.slice(Math.max(0, at - 60), at + 60)} is ${b.slice(Math.max(0, at - 60), at + 60)}`
}
