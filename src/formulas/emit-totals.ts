/** Writes the type of a cost, and the code that makes one of sums over blocks. */
import { comment, head } from './emit-code.ts'
import { allSlots } from './emit-contract.ts'
import type { Contract, Formulas, Summed, Total, Totals } from './mechanism.ts'

export function emitTotals({ totals: all, contract, functions }: Formulas): string {
  const { totals, lists } = all
  const tree = treeOf(all)
  const needsStep = stepsIn(totals)
  const here = totals.filter(({ name }) => !isOfWhole(name, all))
  const [before, inStep] = [
    here.filter(({ name }) => !needsStep.has(name)),
    here.filter(({ name }) => needsStep.has(name)),
  ]
  const line = (total: Total): string =>
    `  const ${constant(total.name)} = ${valueOf(total, all, contract)}`
  // Classes first: a total is the sum of its own.
  const lines = (some: readonly Total[]): string[] =>
    [
      ...some.filter(({ part_of }) => part_of !== undefined),
      ...some.filter(({ part_of }) => part_of === undefined),
    ].map(line)
  const code = [
    comment(
      "A cost from sums over blocks; without a decoder there is no step, without towers that are all known no whole. `bytes` are those of a weight of each format's role, `workload` what totals read of it.",
    ),
    `export function costOf(model: Sums, prefill: Sums, step: Sums | null, towers: Sums, whole: Stored | null, bytes: readonly number[], workload: { ${numbersOfWorkload(
      totals,
    )
      .map((name) => `${name}: number`)
      .join(', ')} }${lists.map(({ name }) => `, ${constant(name)}: number[]`).join('')}): Cost {`,
    ...lines(before),
    '  if (step === null)',
    `    return ${emitObject(tree, needsStep, all, true, contract)}`,
    ...lines(inStep),
    `  return ${emitObject(tree, needsStep, all, false, contract)}`,
    '}\n',
  ].join('\n')
  const called = [...new Set(totals.flatMap((total) => ('calls' in total ? [total.calls] : [])))]
  return [
    head,
    `import type { Sums, TowerRole } from './contract.ts'`,
    ...(called.length > 0 ? [`import { ${called.join(', ')} } from './functions.ts'`] : []),
    '',
    comment('What is stored in all stacks, and in the towers of each kind.'),
    `export type Stored = Record<'all' | TowerRole, Sums>\n`,
    comment('What a model costs. Every number is for the whole batch unless it says otherwise.'),
    `export interface Cost ${emitType(tree, needsStep, all)}\n`,
    code,
    comment('The shared functions that totals call.'),
    `export const calledByTotals: Readonly<Record<string, (...values: number[]) => number>> = { ${called.filter((name) => Object.hasOwn(functions, name)).join(', ')} }\n`,
  ].join('\n')
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

/** An object literal of constants; without a step what needs one is null. */
function emitObject(
  node: Node,
  needsStep: ReadonlySet<string>,
  all: Totals,
  without: boolean,
  contract: Contract,
): string {
  const fields = [...node.inside].map(([key, each]) => {
    const unlessNone = all.null_without_towers.includes(each.path) ? 'whole === null ? null : ' : ''
    if (each.inside.size > 0)
      return without && isNull(each, needsStep, all)
        ? `${key}: null`
        : `${key}: ${unlessNone}${emitObject(each, needsStep, all, without, contract)}`
    const total = all.totals.find(({ name }) => name === each.path)
    if (total && isOfWhole(each.path, all)) return `${key}: ${valueOf(total, all, contract)}`
    return `${key}: ${without && needsStep.has(each.path) ? 'null' : constant(each.path)}`
  })
  return `{ ${fields.join(', ')} }`
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
