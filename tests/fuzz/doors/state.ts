/** The file that a search goes on from: believed only where it is what was saved. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import {
  loadProgress,
  saveProgress,
  withStretch,
  type Progress,
} from '../../../src/cli/search/progress.ts'
import { prepareSearch } from '../../../src/engine/ask/search/search.ts'
import { readSpace } from '../../../src/engine/ask/search/space.ts'
import { checkDocument } from '../../../src/engine/index.ts'
import { door } from '../door.ts'
import { changed, changes, printed, type Json } from '../json-changes.ts'
import { documents } from '../published.ts'
import { mustBeClear } from '../sound.ts'
import { changedText, textChanges } from '../text-changes.ts'
import { searched } from './space.ts'

const llama = documents.find((each) => printed(each).includes('"model_type":"llama"'))

let folder = ''
/** Searches half way through, each with its space and the file that was written of it. */
const saved: { space: string; progress: Progress; file: Json }[] = []

const keys =
  'fingerprint done findings looked designs feasible duplicates unbuildable ruled_out front from to place goals equal count miss'

export const state = door({
  name: 'state',
  inputs: 10_000,
  input: fc.record({
    of: fc.nat(100),
    believed: fc.nat(100),
    steps: changes(keys.split(' '), keys.split(' ')),
    written: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, textChanges(keys.split(' '))),
  }),
  check(input) {
    const file = join(folder, 'state.json')
    writeFileSync(file, textOf(input))
    const { space } = saved[input.believed % saved.length]!
    const sound = saved
      .filter((each) => each.space === space)
      .map(({ progress }) => plain(progress))
    try {
      const loaded = plain(loadProgress(file, space))
      if (!sound.some((each) => isDeepStrictEqual(loaded, each)))
        throw new Error(`${printed(loaded)} is believed, and was never saved`)
    } catch (error) {
      mustBeClear(error)
    }
  },
  show: textOf,
  async open() {
    folder = mkdtempSync(join(tmpdir(), 'archcost-fuzz-'))
    for (const asked of searched) for (const upTo of [1, 5]) saved.push(searchedUpTo(asked, upTo))
    return () => Promise.resolve(rmSync(folder, { recursive: true }))
  },
})

function searchedUpTo(asked: (typeof searched)[number], to: number): (typeof saved)[number] {
  const given = readSpace({ ...asked, architecture: checkDocument(llama) })
  const { run } = prepareSearch(given)
  const progress = withStretch({ done: [], findings: null }, { from: 0, to }, run(0, to))
  const file = join(folder, 'saved.json')
  const space = JSON.stringify(given)
  saveProgress(file, space, progress)
  return { space, progress, file: JSON.parse(readFileSync(file, 'utf8')) as Json }
}

function textOf({
  of,
  steps,
  written,
}: {
  of: number
  steps: Parameters<typeof changed>[1]
  written: Parameters<typeof changedText>[1]
}): string {
  return changedText(printed(changed(saved[of % saved.length]!.file, steps)), written)
}

/** As JSON holds it, with lists in the place of maps and typed arrays. */
const plain = ({ done, findings }: Progress): unknown =>
  JSON.parse(
    JSON.stringify({
      done,
      findings: findings && {
        ...findings,
        unbuildable: [...findings.unbuildable],
        front: findings.front.map((point) => ({ ...point, goals: [...point.goals] })),
      },
    }),
  )
