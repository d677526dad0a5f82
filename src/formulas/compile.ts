/** All formula files -> checked formulas. */
import { checkFrom } from './check-from.ts'
import { compileContract } from './compile-contract.ts'
import { compileFunctions, type Attempt } from './compile-functions.ts'
import { compileRuntime } from './compile-runtime.ts'
import { compileMechanism, type Body } from './compile-mechanism.ts'
import { checkExamples, checkFunctionExamples } from './examples.ts'
import { FormulaError } from './formula-error.ts'
import { compileTotals, noTotals } from './compile-totals.ts'
import type { Contract, Formulas, Mechanism, Totals } from './mechanism.ts'
import { readFormulaFile, type FormulaFile, type TextFile } from './read-file.ts'

export interface Compiled {
  formulas: Formulas
  /** In the order of the files, one for each file at fault; `formulas` lacks those. */
  errors: FormulaError[]
}

/**
 * Compiles formula files: shape, names, cycles, contract, units, worked examples.
 * @throws FormulaError where the contract is missing or wrong, since nothing can be checked without it
 */
export function compileFormulas(files: readonly TextFile[]): Compiled {
  const errors: FormulaError[] = []
  const attempt: Attempt = (work) => {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error
      errors.push(error)
      return undefined
    }
  }
  const read = files
    .map((file) => attempt(() => readFormulaFile(file)))
    .filter((file) => file !== undefined)
  const contract = findContract(read, errors)
  const functions = compileFunctions(
    read.filter((file) => file.kind === 'function'),
    attempt,
  )
  const totals = attempt(() => findTotals(read, contract, functions)) ?? noTotals
  const formulas: Formulas = {
    contract,
    totals,
    functions,
    blocks: {},
    scenarios: {},
    runtimes: {},
  }
  // Whatever calls a function that is at fault would be blamed for it.
  const faultless = (): boolean =>
    errors.every(({ file }) => !read.some((each) => each.kind === 'function' && each.file === file))
  if (faultless())
    for (const shared of Object.values(functions))
      attempt(() => checkFunctionExamples(shared, formulas))
  if (faultless())
    for (const file of read)
      if (file.kind === 'block' || file.kind === 'scenario')
        attempt(() => addMechanism(file, formulas))
  if (faultless())
    for (const file of read) if (file.kind === 'runtime') attempt(() => addRuntime(file, formulas))
  if (errors.length === 0)
    for (const scenario of Object.values(formulas.scenarios))
      attempt(() => checkFrom(scenario, formulas))
  return { formulas, errors: inOrderOf(files, errors) }
}

function findContract(read: readonly FormulaFile[], errors: readonly FormulaError[]): Contract {
  const [first, ...others] = read.filter((file) => file.kind === 'contract')
  if (first && others.length === 0) return compileContract(first.file, first.body)
  const [file, problem] = first
    ? [others[0]!.file, `is a contract beside ${first.file}; one is needed`]
    : ['formulas/contract.yaml', 'there is no contract; one is needed']
  throw (
    errors.find((error) => error.file.endsWith('contract.yaml')) ??
    new FormulaError(file, '', problem)
  )
}

function findTotals(
  read: readonly FormulaFile[],
  contract: Contract,
  functions: Formulas['functions'],
): Totals | undefined {
  const [first, other] = read.filter((file) => file.kind === 'totals')
  if (other)
    throw new FormulaError(
      other.file,
      '',
      `is a file of totals beside ${first!.file}; one is needed`,
    )
  return first && compileTotals(first.file, first.body, contract, functions)
}

function addMechanism(file: Body, formulas: Formulas): void {
  const { contract, blocks, scenarios } = formulas
  const mechanism = compileMechanism(file, { contract, functions: aritiesOf(formulas) })
  checkUnique(mechanism, [...Object.values(blocks), ...Object.values(scenarios)])
  checkExamples(mechanism, formulas)
  formulas[mechanism.kind === 'block' ? 'blocks' : 'scenarios'][mechanism.name] = mechanism
}

function addRuntime(file: Extract<FormulaFile, { kind: 'runtime' }>, formulas: Formulas): void {
  const runtime = compileRuntime(file, { ...formulas, functions: aritiesOf(formulas) })
  checkExamples(runtime, formulas)
  formulas.runtimes[runtime.name] = runtime
}

const aritiesOf = ({ functions }: Formulas): Record<string, number> =>
  Object.fromEntries(Object.values(functions).map((f) => [f.name, f.parameters.length]))

function checkUnique({ name, file, kind }: Mechanism, others: readonly Mechanism[]): void {
  const other = others.find((each) => each.name === name)
  if (other) throw new FormulaError(file, kind, `the name ${name} is taken by ${other.file}`)
}

function inOrderOf(files: readonly TextFile[], errors: readonly FormulaError[]): FormulaError[] {
  const place = ({ file }: FormulaError): number => files.findIndex((each) => each.file === file)
  return errors.toSorted((a, b) => place(a) - place(b))
}
