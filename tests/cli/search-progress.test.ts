/** What a search has found, kept in a file: gone on with where it is whole and of the same search, else refused and left alone. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { noFindings } from '../../src/engine/ask/search/findings.ts'
import { begun, loadProgress, saveProgress, type Progress } from '../../src/cli/search/progress.ts'

const file = join(mkdtempSync(join(tmpdir(), 'progress-')), 'state.json')
const progress: Progress = {
  done: [{ from: 0, to: 147 }],
  findings: {
    ...noFindings(2),
    looked: 147,
    designs: 145,
    feasible: 124,
    unbuildable: new Map([['mixer', { count: 2, place: 7 }]]),
    ruled_out: [
      { count: 21, place: 98, miss: 0.0038 },
      { count: 0, place: 0, miss: Infinity },
    ],
    front: [{ place: 21, goals: [4e9, -2e9], equal: 2 }],
  },
}

test('what was saved is what is loaded', () => {
  saveProgress(file, 'a space', progress)
  expect(loadProgress(file, 'a space')).toEqual(progress)
  expect(loadProgress(`${file}.none`, 'a space')).toEqual(begun)
})

const damage: [string, (text: string) => string][] = [
  ['a number that was altered', (text) => text.replace('4000000000', '1')],
  ['looks twice', (text) => text.replace('[{"from":0,', '[{"from":0,"to":10},{"from":5,')],
  ['more looks than there are', (text) => text.replace('"to":147', '"to":1e18')],
  ['no list of what is done', (text) => text.replace(/"done":\[.*?\],/, '')],
  ['findings that are none', (text) => text.replace(/"findings":.*/, '"findings":{}}')],
  ['findings left out', (text) => text.replace(/"findings":.*/, '"findings":null}')],
  [
    'other formulas or another version',
    (text) => text.replace(/"fingerprint":"./, '"fingerprint":"x'),
  ],
  ['half a file', (text) => text.slice(0, 100)],
  ['no JSON', () => 'done'],
  ['a list', () => '[]'],
]
test.each(damage)('a file with %s is refused and stays as it is', (_, damaged) => {
  saveProgress(file, 'a space', progress)
  const text = damaged(readFileSync(file, 'utf8'))
  writeFileSync(file, text)
  expect(() => loadProgress(file, 'a space')).toThrow(
    /is not of this space, version and formulas, or is damaged/,
  )
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('the file of another space is refused', () => {
  saveProgress(file, 'a space', progress)
  expect(() => loadProgress(file, 'another space')).toThrow(/is not of this space/)
})
