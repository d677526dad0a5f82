/** The text of a formula file -> its checked shape. Errors name the file, the key and what was expected. */
import { parseDocument } from 'yaml'
import * as z from 'zod'
import { blockFile, contractFile, functionFile, scenarioFile, type BlockFile, type ContractFile, type FunctionFile, type ScenarioFile } from './file-schema.ts'
import { FormulaError } from './formula-error.ts'
import { didYouMean } from './nearest.ts'

export interface TextFile {
  /** Relative to the project, such as `formulas/mixers/attention.yaml`. */
  file: string
  text: string
}
export type FormulaFile =
  | { kind: 'block'; file: string; body: BlockFile }
  | { kind: 'scenario'; file: string; body: ScenarioFile }
  | { kind: 'function'; file: string; body: FunctionFile }
  | { kind: 'contract'; file: string; body: ContractFile }

const schemas = { block: blockFile, scenario: scenarioFile, function: functionFile, contract: contractFile }

/** @throws FormulaError on bad YAML, unknown or missing keys, wrong types */
export function readFormulaFile({ file, text }: TextFile): FormulaFile {
  const document = parseDocument(text)
  const mistake = document.errors[0]
  if (mistake) throw new FormulaError(file, '', `bad YAML: ${mistake.message.split('\n')[0]!.replace(/:$/, '')}`)
  const body: unknown = document.toJS()
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new FormulaError(file, '', 'holds no keys; see formulas/README.md for what a formula file says')
  const kinds = Object.keys(schemas) as (keyof typeof schemas)[]
  const kind = kinds.find((key) => key in body)
  if (kind === undefined) throw new FormulaError(file, '', `says none of ${kinds.join(', ')}; begin with "block: name"`)
  const checked = schemas[kind].safeParse(body)
  if (!checked.success) {
    const issue = deepest(checked.error.issues[0]!)
    throw new FormulaError(file, issue.path.join('.'), problemOf(issue))
  }
  const named = (body as Record<string, unknown>)[kind]
  if (kind !== 'contract' && !file.endsWith(`/${String(named)}.yaml`)) throw new FormulaError(file, kind, `is named ${String(named)}; the file must be named ${String(named)}.yaml`)
  return { kind, file, body: checked.data } as FormulaFile
}

type Issue = z.core.$ZodIssue

/** Inside a union, the issue of the branch that came furthest. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue
  const inner = issue.errors.flatMap((branch) => branch.slice(0, 1)).toSorted((a, b) => b.path.length - a.path.length)[0]
  return inner && inner.path.length > 0 ? { ...inner, path: [...issue.path, ...inner.path] } : issue
}

const keysOf: Record<string, readonly string[]> = {
  settings: ['label', 'symbol', 'type', 'of', 'kind', 'default', 'none', 'min', 'max', 'config_keys', 'about'],
  quantities: ['label', 'symbol', 'why', 'source', 'unit', 'counts', 'expr', 'sum', 'over'],
  sum: ['label', 'symbol', 'why', 'source', 'unit', 'counts', 'role', 'kind', 'grows', 'expr'],
  examples: ['of', 'given', 'expect', 'within', 'source'],
  top: ['block', 'title', 'about', 'terms', 'sources', 'settings', 'checks', 'zero', 'quantities', 'examples'],
}

function problemOf(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!
    const place = issue.path.includes('sum') ? 'sum' : String(issue.path[0] ?? 'top')
    return `the key ${key} is not known${didYouMean(key, keysOf[place] ?? [])}`
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) return `is missing; a ${issue.expected} is expected`
  if (issue.code === 'invalid_key') return `${String(issue.path.at(-1))} is not a name: ${issue.issues[0]?.message ?? ''}`
  return issue.message
}
