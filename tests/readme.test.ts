/** What README shows of the command line is what the command line does. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runLine } from './cli/shell-line.ts'

const readme = readFileSync('README.md', 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'archcost-readme-'))
afterAll(() => rmSync(folder, { recursive: true }))

const run = (line: string) =>
  runLine(
    line.replace('npx archcost', 'archcost').replace(/ > (\S+)/, ` > ${folder}/$1`),
    process.cwd(),
  )

const commands = readme.match(/^npx archcost [^#\n]+/gm)!.map((line) => line.trim())
test.each(commands)('%s', async (line) => {
  const { status, err } = await run(line)
  expect([status, err]).toEqual([0, ''])
})

const [, sample, shown] = /^\$ (npx archcost .*)\n([^`]*)/m.exec(readme)!
test('the sample is what is printed', async () => {
  const { out } = await run(sample!)
  expect(out.startsWith(shown!.trimEnd())).toBe(true)
})
