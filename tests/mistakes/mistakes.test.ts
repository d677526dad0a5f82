/**
 * Every file in this folder is a formula file with one mistake, and begins with the message that it must give, as a
 * comment. A new case is a new file.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compileFormulas } from '../../src/formulas/compile.ts'
import { FormulaError } from '../../src/formulas/formula-error.ts'
import { loadFormulaFiles } from '../../src/formulas/load.ts'

const folder = import.meta.dirname
const cases = readdirSync(folder).filter((name) => name.endsWith('.yaml'))

/** The contract and the shared functions, which cases may use; a case that is a contract takes its place. */
const shared = loadFormulaFiles().filter(
  ({ file }) => file.endsWith('contract.yaml') || file.includes('/functions/'),
)

function messageOf(name: string, text: string): string {
  const others = shared.filter(({ file }) => !(name.startsWith('contract-') && file.endsWith('contract.yaml')))
  try {
    const { errors } = compileFormulas([...others, { file: `formulas/${name}`, text }])
    return errors.map(({ message }) => message).join('\n')
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error
    return error.message
  }
}

/** The comment at the beginning, its lines joined. */
const expectedIn = (text: string): string =>
  (/^(#.*\n)*/.exec(text)?.[0] ?? '').replaceAll(/^# ?/gm, '').trim().replaceAll('\n', ' ')

describe('a mistake in a formula file is said with its place and what to do', () => {
  test.each(cases)('%s', (name) => {
    const text = readFileSync(join(folder, name), 'utf8')
    expect(messageOf(name, text)).toBe(expectedIn(text))
  })
})
