/** Writes the type of a cost, and the code that makes one of sums over blocks. */
import { comment, head, json } from './emit-code.ts'
import { allSlots } from './emit-contract.ts'
import type { Contract, Formulas, Summed, Total, Totals } from './mechanism.ts'

export function emitTotals({ totals: all, contract, functions }: Formulas): string {
  const { totals } = all
  const tree = treeOf(all)
  const ofModel = [...tree.inside.keys()].filter((part) => isOfModel(part, all))
  const called = [...new Set(totals.flatMap((total) => ('calls' in total ? [total.calls] : [])))]
  return [
    head,
    `import type { Sums, TowerRole } from './contract.ts'`,
    ...(called.length > 0 ? [`import { ${called.join(', ')} } from './functions.ts'`] : []),
    '',
    comment('What is stored in all stacks, and in the towers of each kind.'),
    `export type Stored = Record<'all' | TowerRole, Sums>\n`,
    comment('What a model costs. Every number is for the whole batch unless it says otherwise.'),
    `export interface Cost ${emitType(tree, stepsIn(totals), all)}\n`,
    comment('The parts of a cost that are the same under every workload.'),
    `export type CostOfModel = Pick<Cost, ${ofModel.map(json).join(' | ') || 'never'}>\n`,
    emitOfModel(tree, ofModel, all, contract),
    emitOfRun(tree, ofModel, all, contract),
    comment('The shared functions that totals call.'),
    `export const calledByTotals: Readonly<Record<string, (...values: number[]) => number>> = { ${called.filter((name) => Object.hasOwn(functions, name)).join(', ')} }\n`,
  ].join('\n')
}

/** The function that computes some parts of a cost from what a model stores. */
function emitOfModel(
  tree: Node,
  parts: readonly string[],
  all: Totals,
  contract: Contract,
): string {
  const lists = all.lists.map(({ name }) => `, ${constant(name)}: number[]`)
  return [
    comment(
      'What a model costs whatever runs; without towers that are all known there is no whole.',
    ),
    `export function costOfModel(model: Sums, whole: Stored | null${lists.join('')}): CostOfModel {`,
    ...linesOf(totalsOf(parts, all), all, contract),
    `  return { ${fieldsOf(tree, parts, all, contract).join(', ')} }`,
    '}\n',
  ].join('\n')
}

/** The function that computes all others, from sums over blocks. */
function emitOfRun(
  tree: Node,
  ofModel: readonly string[],
  all: Totals,
  contract: Contract,
): string {
  const parts = [...tree.inside.keys()].filter((part) => !ofModel.includes(part))
  const totals = totalsOf(parts, all)
  const needsStep = stepsIn(all.totals)
  const own = ofModel.map((part) => `${part}: own.${part}`)
  const cost = (without?: ReadonlySet<string>): string =>
    `return { ${[...own, ...fieldsOf(tree, parts, all, contract, without)].join(', ')} }`
  const workload = numbersOfWorkload(all.totals).map((name) => `${name}: number`)
  return [
    comment(
      "A cost from what it is of the model, and from sums over blocks; without a decoder there is no step. `bytes` are those of a weight of each format's role, `workload` what totals read of it.",
    ),
    `export function costOf(own: CostOfModel, model: Sums, prefill: Sums, step: Sums | null, towers: Sums, bytes: readonly number[], workload: { ${workload.join(', ')} }): Cost {`,
    ...linesOf(
      totals.filter(({ name }) => !needsStep.has(name)),
      all,
      contract,
    ),
    `  if (step === null) ${cost(needsStep)}`,
    ...linesOf(
      totals.filter(({ name }) => needsStep.has(name)),
      all,
      contract,
    ),
    `  ${cost()}`,
    '}\n',
  ].join('\n')
}

/** Whether all totals in a part of the cost follow from what a model stores. */
const isOfModel = (part: string, all: Totals): boolean =>
  totalsOf([part], all).every((total) =>
    'calls' in total
      ? total.of.every((of) => partOf(of) === part)
      : total.occasion === 'model' && total.weighed === undefined,
  )

const partOf = (name: string): string => name.split('.')[0]!

const totalsOf = (parts: readonly string[], { totals }: Totals): Total[] =>
  totals.filter(({ name }) => parts.includes(partOf(name)))

/** A constant for each total. Classes first: a total is the sum of its own. */
const linesOf = (totals: readonly Total[], all: Totals, contract: Contract): string[] => {
  const here = totals.filter(({ name }) => !isOfWhole(name, all))
  return [
    ...here.filter(({ part_of }) => part_of !== undefined),
    ...here.filter(({ part_of }) => part_of === undefined),
  ].map((total) => `  const ${constant(total.name)} = ${valueOf(total, all, contract)}`)
}

const constant = (name: string): string => name.replaceAll('.', '_')

/** What totals read of the workload beside what blocks answer. */
const numbersOfWorkload = (totals: readonly Total[]): string[] => [
  ...new Set(
    totals.flatMap((total) =>
      'calls' in total ? total.of.filter((of) => !totals.some(({ name }) => name === of)) : [],
    ),
  ),
]

/** Totals that a decode step is needed for. */
function stepsIn(totals: readonly Total[]): Set<string> {
  const found = new Set<string>()
  for (const total of totals)
    if ('calls' in total ? total.of.some((name) => found.has(name)) : total.occasion === 'decode')
      found.add(total.name)
  return found
}

interface Node {
  path: string
  about?: string
  inside: Map<string, Node>
}

/** The names of a cost, by their parts. */
function treeOf({ totals, lists }: Totals): Node {
  const root: Node = { path: '', inside: new Map() }
  const numbers = totals.map((total) => ({
    name: total.name,
    about: total.part_of === undefined ? (total.about ?? total.why) : total.short,
  }))
  for (const { name, about } of [...numbers, ...lists]) {
    let node = root
    for (const part of name.split('.')) {
      const path = node.path === '' ? part : `${node.path}.${part}`
      const next: Node = node.inside.get(part) ?? { path, inside: new Map() }
      node.inside.set(part, next)
      node = next
    }
    node.about = about
  }
  return root
}

/** Whether a total is null without towers; it is worked out where it stands. */
const isOfWhole = (name: string, { null_without_towers }: Totals): boolean =>
  null_without_towers.some((path) => name.startsWith(`${path}.`))

/** Whether all of it is null without a decoder: the classes of a total of a step, and what is said to be. */
const isNull = (
  { path, inside }: Node,
  needsStep: ReadonlySet<string>,
  { splits, null_without_decoder }: Totals,
): boolean =>
  null_without_decoder.includes(path) ||
  (Object.values(splits).includes(path) &&
    [...inside.values()].every((each) => needsStep.has(each.path)))

function emitType(node: Node, needsStep: ReadonlySet<string>, all: Totals, sure = false): string {
  const fields = [...node.inside].map(([key, each]) => {
    const nullable =
      !sure &&
      (all.null_without_towers.includes(each.path) ||
        isNull(each, needsStep, all) ||
        (each.inside.size === 0 && needsStep.has(each.path)))
    const type =
      each.inside.size > 0
        ? emitType(each, needsStep, all, sure || nullable)
        : all.lists.some(({ name }) => name === each.path)
          ? 'number[]'
          : 'number'
    return `${each.about === undefined ? '' : `${comment(each.about)}\n`}${key}: ${type}${nullable ? ' | null' : ''}\n`
  })
  return `{\n${fields.join('')}}`
}

/** The fields of an object literal of constants, of some parts or all; those `without` a step are null. */
const fieldsOf = (
  { inside }: Node,
  parts: readonly string[],
  all: Totals,
  contract: Contract,
  without?: ReadonlySet<string>,
): string[] =>
  [...inside].flatMap(([key, each]) =>
    parts.includes(key) ? [`${key}: ${emitField(each, all, contract, without)}`] : [],
  )

function emitField(
  node: Node,
  all: Totals,
  contract: Contract,
  without: ReadonlySet<string> | undefined,
): string {
  const { path, inside } = node
  if (without && isNull(node, without, all)) return 'null'
  if (inside.size > 0) {
    const unlessNone = all.null_without_towers.includes(path) ? 'whole === null ? null : ' : ''
    return `${unlessNone}{ ${fieldsOf(node, [...inside.keys()], all, contract, without).join(', ')} }`
  }
  const total = all.totals.find(({ name }) => name === path)
  if (total && isOfWhole(path, all)) return valueOf(total, all, contract)
  return without?.has(path) ? 'null' : constant(path)
}

function valueOf(total: Total, { totals }: Totals, contract: Contract): string {
  if ('calls' in total) {
    const given = total.of.map((of) =>
      totals.some(({ name }) => name === of) ? constant(of) : `workload.${of}`,
    )
    return `${total.calls}(${given.join(', ')})`
  }
  const parts = totals.filter(({ part_of }) => part_of === total.name)
  if (parts.length > 0) return parts.map(({ name }) => constant(name)).join(' + ')
  const { split } = contract.questions.find(({ name }) => name === total.adds[0])!
  if (split === undefined || total.of_class !== undefined)
    return emitSum(total, total.of_class, contract)
  return contract.classes[split].map((each) => emitSum(total, each, contract)).join(' + ')
}

/** What is added up of one class; a class that has several questions is one term. */
function emitSum(
  { adds, occasion, weighed, over }: Summed,
  of: string | undefined,
  contract: Contract,
): string {
  const slots = allSlots(contract)
  const sums = sumsOf(occasion, over)
  const terms = adds.map(
    (question) => `${sums}[${slots.indexOf(of === undefined ? question : `${question}.${of}`)}]!`,
  )
  const sum = terms.length > 1 ? `(${terms.join(' + ')})` : terms[0]!
  return weighed ? `${sum} * bytes[${contract.classes.format.indexOf(of!)}]!` : sum
}

/** The argument that holds the sums of an occasion over some stacks. */
function sumsOf(occasion: Summed['occasion'], over: Summed['over']): string {
  if (over === 'towers') return 'towers'
  if (over !== undefined) return `whole.${over === 'whole' ? 'all' : over}`
  return occasion === 'decode' ? 'step' : occasion
}
