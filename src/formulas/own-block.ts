/** A checked mechanism -> what generated code would be of it, made of closures: blocks of files that come while the program runs. */
import { closureOf, type Closure, type Env } from './closures.ts'
import { settingsInOrder } from './compile-settings.ts'
import { allSlots, namesOf } from './emit-contract.ts'
import { neededFor } from './emit-lines.ts'
import { shownDefinitions, defaultsOf } from './emit-explanation.ts'
import { metaOf } from './emit-settings.ts'
import { distinctNames, type Expression } from './expression.ts'
import { ownRank } from './own-rank.ts'
import { definitionsOf, textOf } from './own-values.ts'
import type { Contract, Formulas, Mechanism, Question, Setting } from './mechanism.ts'
import type {
  BlockExplanation,
  BlockFormulas,
  Given,
  Names,
  Pass,
  RankFormulas,
  Settings,
  Sums,
  Trait,
  Value,
} from './runtime.ts'

export interface OwnBlock {
  formulas: BlockFormulas
  explanation: BlockExplanation
  rank: RankFormulas
}

export function ownBlock(mechanism: Mechanism, formulas: Formulas): OwnBlock {
  const { name, is, title, folder, about, file, terms, sources, definitions } = mechanism
  const { contract } = formulas
  const compile = (e: Expression): Closure => closureOf(e, formulas.functions)
  const computed = definitionsOf(mechanism, compile)
  const all = new Set(definitions.map((definition) => definition.name))
  const makesPositions = all.has('positions')
  const tells = is === undefined ? undefined : contract.traits[is]!.tells
  return {
    formulas: {
      name,
      ...(is === undefined ? {} : { is: is as Trait }),
      title,
      folder,
      settings: metaOf(mechanism),
      resolve: resolver(mechanism, contract, compile),
      check: checker(mechanism, compile),
      addModel: adder('model', mechanism, formulas, computed),
      addPass: adder('pass', mechanism, formulas, computed),
      addStep: adder('step', mechanism, formulas, computed),
      ...(makesPositions && {
        positions: (settings, pass) =>
          Number(
            computed({ ...settings, ...pass }, neededFor(mechanism, ['positions']))['positions'],
          ),
      }),
      ...(tells && { tell: teller(tells, mechanism, computed) }),
    },
    explanation: {
      name,
      title,
      about,
      file,
      terms,
      sources,
      definitions: shownDefinitions(mechanism),
      defaults: defaultsOf(mechanism),
      values(settings, pass) {
        const env = computed({ ...settings, ...pass }, all)
        return Object.fromEntries([...all].map((each) => [each, env[each] as number | number[]]))
      },
    },
    rank: ownRank(mechanism, formulas, computed),
  }
}

/** What a trait has it tell the engine. */
function teller(
  names: readonly string[],
  mechanism: Mechanism,
  computed: ReturnType<typeof definitionsOf>,
): NonNullable<BlockFormulas['tell']> {
  const needed = neededFor(mechanism, names)
  return (settings, pass) => {
    const env = computed({ ...settings, ...pass }, needed)
    return Object.fromEntries(names.map((name) => [name, env[name] as number | number[]]))
  }
}

function resolver(
  { settings }: Mechanism,
  contract: Contract,
  compile: (e: Expression) => Closure,
): BlockFormulas['resolve'] {
  const known = namesOf(contract, 'architecture').map(({ name }) => name)
  const follow = ({ default: fallback }: Setting): Closure | undefined =>
    fallback === undefined
      ? undefined
      : Array.isArray(fallback)
        ? () => fallback as readonly number[]
        : compile(fallback as Expression)
  // Attached blocks are evaluated by themselves.
  const valued = settingsInOrder(settings.filter(({ type }) => type !== 'block')).map(
    (setting) => ({
      name: setting.name,
      fallback: follow(setting),
    }),
  )
  return (given: Given, names: Names): Settings => {
    const env: Env = Object.fromEntries(known.map((name) => [name, names[name as keyof Names]]))
    for (const { name, fallback } of valued) env[name] = (given[name] ?? fallback?.(env)) as Value
    return env
  }
}

function checker(
  { checks }: Mechanism,
  compile: (e: Expression) => Closure,
): BlockFormulas['check'] {
  const tests = checks.map(({ must, else: text }) => ({ holds: compile(must), text }))
  return (settings) => {
    const failing = tests.find(({ holds }) => !holds(settings))
    return (
      failing?.text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(settings[name])) ?? null
    )
  }
}

/** What adds a block's answers to the questions asked of a model, a pass or a step. */
function adder(
  asked_of: Question['asked_of'],
  mechanism: Mechanism,
  { contract, functions }: Formulas,
  computed: ReturnType<typeof definitionsOf>,
): (settings: Settings, ...rest: [Pass, number, Sums] | [number, Sums]) => void {
  const slots = allSlots(contract)
  const additions = contract.questions
    .filter((question) => question.asked_of === asked_of)
    .flatMap(({ name, split }) => answersTo(name, split !== undefined, mechanism))
    .map(({ question, names, class: chosen }) => ({
      names,
      slot: chosen === undefined ? null : closureOf(textOf(chosen), functions),
      place: (of: string | null) => slots.indexOf(of === null ? question : `${question}.${of}`),
      reads: chosen === undefined ? [] : distinctNames(textOf(chosen)),
    }))
  const needed = neededFor(
    mechanism,
    additions.flatMap(({ names, reads }) => [...names, ...reads]),
  )
  return (settings, ...rest) => {
    const [times, to] = rest.slice(-2) as [number, Sums]
    const pass = rest.length === 3 ? rest[0] : {}
    const env = computed({ ...settings, ...pass }, needed)
    for (const { names, slot, place } of additions) {
      const value = names.reduce((total, name) => total + Number(env[name]), 0)
      to[place(slot && (slot(env) as string))]! += times * value
    }
  }
}

/** The answers to a question, those of one class together. */
function answersTo(
  question: string,
  is_split: boolean,
  { definitions }: Mechanism,
): { question: string; names: string[]; class?: Expression }[] {
  const whole = definitions.find(({ name }) => name === question)!
  if (whole.expression === 0) return []
  if (!is_split) return [{ question, names: [question] }]
  const byClass = new Map<string, { question: string; names: string[]; class: Expression }>()
  for (const { name, part_of, class: chosen } of definitions) {
    if (part_of !== question) continue
    const key = JSON.stringify(chosen)
    const known = byClass.get(key) ?? { question, names: [], class: chosen! }
    known.names.push(name)
    byClass.set(key, known)
  }
  return [...byClass.values()]
}
