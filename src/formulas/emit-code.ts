/** What all generated modules are written with: names, comments, imports. */
import type { Formulas } from './mechanism.ts'
import { camel } from './names.ts'

export const head =
  '// Written by `npm run formulas` from the files under formulas/. Changes here are lost.'

export const json = (value: unknown): string => JSON.stringify(value)

export const pascal = (name: string): string => camel(`_${name}`)

/** A comment that its text cannot end. */
export const comment = (text: string): string =>
  `/** ${text.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ')} */`

/** Functions that Math lacks, by their file. */
const helpers = { runtime: ['mod', 'sum'], probability: ['choose', 'normalCdf', 'normalPdf'] }

/** Imports of the helpers and shared functions that some code calls, from the folder `up` that holds the runtime. */
export function importsFor(code: string, functions: Formulas['functions'], up = '../..'): string[] {
  const called = (names: readonly string[]): string[] =>
    names.filter((name) => new RegExp(`(?<![\\w.])${name}\\(`).test(code))
  const shared = called(Object.keys(functions))
  return [
    ...Object.entries(helpers).flatMap(([file, names]) =>
      called(names).length > 0
        ? [`import { ${called(names).join(', ')} } from '${up}/${file}.ts'`]
        : [],
    ),
    ...(shared.length > 0 ? [`import { ${shared.join(', ')} } from '../functions.ts'`] : []),
  ]
}
