/** What README shows of the command line is what the command line does. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { nodeArguments, runProcess } from './cli/archcost.ts'

const readme = readFileSync('README.md', 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'archcost-readme-'))
afterAll(() => rmSync(folder, { recursive: true }))

const quoted = (text: string): string => `'${text}'`
const program = [process.execPath, ...nodeArguments].map(quoted).join(' ')
const run = (line: string) =>
  runProcess('sh', [
    '-c',
    line.replace('npx archcost', program).replace(/ > (\S+)/, ` > ${folder}/$1`),
  ])

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
