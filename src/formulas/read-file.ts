/** The text of a formula file -> its checked shape. Errors name the file, the key and what was expected. */
import {
  blockFile,
  contractFile,
  functionFile,
  runtimeFile,
  scenarioFile,
  totalsFile,
  type BlockFile,
  type ContractFile,
  type FunctionFile,
  type RuntimeFile,
  type ScenarioFile,
  type TotalsFile,
} from './file-schema.ts'
import { FormulaError } from './formula-error.ts'
import { readYaml, type TextFile } from './read-yaml.ts'
import { problemOf, yamlHint } from './shape-problem.ts'

export type { TextFile }
export type FormulaFile =
  | { kind: 'block'; file: string; body: BlockFile }
  | { kind: 'scenario'; file: string; body: ScenarioFile }
  | { kind: 'runtime'; file: string; body: RuntimeFile }
  | { kind: 'function'; file: string; body: FunctionFile }
  | { kind: 'contract'; file: string; body: ContractFile }
  | { kind: 'totals'; file: string; body: TotalsFile }

const schemas = {
  block: blockFile,
  scenario: scenarioFile,
  runtime: runtimeFile,
  function: functionFile,
  contract: contractFile,
  totals: totalsFile,
}
const kinds = Object.keys(schemas) as (keyof typeof schemas)[]

/** @throws FormulaError on bad YAML, unknown or missing keys, wrong types */
export function readFormulaFile({ file, text }: TextFile): FormulaFile {
  const body = readYaml({ file, text })
  const kind = kinds.find((key) => Object.hasOwn(body, key))
  if (kind === undefined)
    throw new FormulaError(file, '', `says none of ${kinds.join(', ')}; begin with "block: name"`)
  const checked = schemas[kind].safeParse(body, { reportInput: true })
  if (!checked.success) {
    const { path, problem } = problemOf(checked.error.issues[0]!, schemas[kind], yamlHint)
    throw new FormulaError(file, path, problem)
  }
  const wanted = `${String(body[kind])}.yaml`
  if (kind !== 'contract' && kind !== 'totals' && file.split('/').at(-1) !== wanted)
    throw new FormulaError(file, kind, `is ${String(body[kind])}; the file must be named ${wanted}`)
  return { kind, file, body: checked.data } as FormulaFile
}
