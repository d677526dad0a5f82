/** Writes checked formulas as TypeScript modules: a module of code and a module of explanations per mechanism. */
import { emitBlock } from './emit-block.ts'
import { head, json } from './emit-code.ts'
import { emitContract } from './emit-contract.ts'
import { emitRank } from './emit-rank.ts'
import { emitExplanation, emitRuntime, emitScenario } from './emit-explanation.ts'
import { emitFunctions } from './emit-functions.ts'
import { emitTotals } from './emit-totals.ts'
import { emitWorkload } from './emit-workload.ts'
import type { Formulas } from './mechanism.ts'
import { camel } from './names.ts'

/** Generated modules by their path below the folder of generated code. */
export function emitModules(formulas: Formulas): Map<string, string> {
  const { contract, functions, blocks, scenarios, runtimes } = formulas
  const modules = new Map([
    ['contract.ts', emitContract(contract)],
    ['workload.ts', emitWorkload(contract)],
    ['totals.ts', emitTotals(formulas)],
    ['functions.ts', emitFunctions(functions)],
    ['descriptions.ts', emitDescriptions(formulas)],
    ['shared-functions.ts', emitSharedFunctions(formulas)],
    ['blocks.ts', emitIndex('blocks', 'BlockFormulas', 'blocks', Object.keys(blocks))],
    ['block-list.ts', emitBlockList(formulas)],
    [
      'explanations.ts',
      emitIndex('explanations', 'BlockExplanation', 'explain', Object.keys(blocks)),
    ],
    ['ranks.ts', emitIndex('ranks', 'RankFormulas', 'ranks', Object.keys(blocks))],
    [
      'scenarios.ts',
      emitIndex('scenarios', 'ScenarioFormulas', 'scenarios', Object.keys(scenarios)),
    ],
  ])
  modules.set(
    'runtimes.ts',
    emitIndex('runtimes', 'RuntimeFormulas', 'runtimes', Object.keys(runtimes)),
  )
  for (const runtime of Object.values(runtimes))
    modules.set(`runtimes/${runtime.name}.ts`, emitRuntime(runtime, formulas))
  for (const mechanism of Object.values(blocks)) {
    modules.set(`blocks/${mechanism.name}.ts`, emitBlock(mechanism, formulas))
    modules.set(`ranks/${mechanism.name}.ts`, emitRank(mechanism, formulas))
    modules.set(`explain/${mechanism.name}.ts`, emitExplanation(mechanism, formulas))
  }
  for (const mechanism of Object.values(scenarios))
    modules.set(`scenarios/${mechanism.name}.ts`, emitScenario(mechanism, formulas))
  return modules
}

/** What lists of blocks show, apart from what computes. */
function emitBlockList({ blocks }: Formulas): string {
  const listed = Object.values(blocks).map(({ name, title, folder }) => ({ name, title, folder }))
  return [
    head,
    `import type { BlockFormulas } from '../runtime.ts'`,
    '',
    `export const blockList: readonly Pick<BlockFormulas, 'name' | 'title' | 'folder'>[] = ${json(listed)}\n`,
  ].join('\n')
}

/** What is said of totals and of questions, apart from what computes, which the page loads first. */
const emitDescriptions = ({ contract, totals }: Formulas): string =>
  [
    head,
    `import type { Total } from '../mechanism.ts'`,
    '',
    `export const totalGroups: Readonly<Record<string, string>> = ${json(totals.groups)}\n`,
    `export const totals: readonly Total[] = ${json(totals.totals)}\n`,
    `export const questions = ${json(contract.questions)} as const\n`,
  ].join('\n')

/** What only explanations say: of shared functions, and of the names of the contract. */
function emitSharedFunctions({ contract, functions }: Formulas): string {
  const shared = Object.values(functions).map(
    ({ examples: _, ...rest }) => `  ${rest.name}: ${json(rest)},`,
  )
  return [
    head,
    `import type { SharedFunctionMeta } from '../runtime.ts'`,
    '',
    `export const names = ${json(contract.names)} as const\n`,
    'export const sharedFunctions: Readonly<Record<string, SharedFunctionMeta>> = {',
    ...shared,
    '}\n',
  ].join('\n')
}

/** A record of all mechanisms of a folder, by name. */
function emitIndex(name: string, type: string, folder: string, names: readonly string[]): string {
  const imports = names.map((each) => `import { ${camel(each)} } from './${folder}/${each}.ts'`)
  const entries = names.map((each) => `  ${json(each)}: ${camel(each)},`)
  return [
    head,
    `import type { ${type} } from '../runtime.ts'`,
    ...imports,
    '',
    `export const ${name}: Readonly<Record<string, ${type}>> = {`,
    ...entries,
    '}\n',
  ].join('\n')
}
