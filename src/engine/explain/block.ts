/** The tree under a number of one block or scenario: equation, values put in, inputs down to settings and workload. */
import type { PlacedBlock } from '../../architecture/model.ts'
import {
  argumentsOf,
  distinctNames,
  explanations,
  interpret,
  isOperation,
  names,
  sharedFunctions,
  taken,
  type BlockExplanation,
  type DefinitionMeta,
  type Expression,
} from '../../formulas/explanations.ts'
import type { Given, Pass, SettingMeta, Value } from '../../formulas/index.ts'
import type { Derivation } from '../types.ts'

/** A block under a pass, or a scenario, with all its values. */
export interface Opened {
  address: string
  /** `prefill` or `decode`, where the pass matters. */
  occasion: string
  about: BlockExplanation
  settings: readonly SettingMeta[]
  given: Given
  /** Of a scenario: where the values of given settings come from. */
  taken: Readonly<Record<string, Taken>>
  values: Readonly<Record<string, Value>>
}

export type Taken = Required<Pick<Derivation, 'origin' | 'inputs'>> & Pick<Derivation, 'equation'>

export function openBlock(
  { address, formulas, given, settings }: PlacedBlock,
  pass: Pass,
  occasion: string,
): Opened {
  const about = explanations[formulas.name]!
  return {
    address,
    occasion,
    about,
    settings: formulas.settings,
    given,
    taken: {},
    values: { ...settings, ...pass, ...about.values(settings, pass) },
  }
}

/** The parts of a quantity whose class is `of_class`. */
export function partsOf(
  { about, values }: Opened,
  name: string,
  of_class: string,
): DefinitionMeta[] {
  return about.definitions.filter(
    (part) =>
      part.part_of === name && part.class !== undefined && taken(part.class, values) === of_class,
  )
}

/** The derivation of a quantity or part of a block. */
export function explainDefinition(open: Opened, definition: DefinitionMeta): Derivation {
  const { about, values, address } = open
  const { name, label, symbol, unit, why, expression, over } = definition
  const source = about.sources[definition.source ?? sourceOfSum(about, definition) ?? '']
  const chosen = over ? expression : taken(expression, values)
  return {
    address: `${address}.${name}${open.occasion === 'model' ? '' : `@${open.occasion}`}`,
    name,
    label,
    value: values[name] as number | number[],
    unit,
    equation: expression,
    inputs: inputsOf(open, expression, over?.index),
    file: about.file,
    ...(symbol === undefined ? {} : { symbol }),
    ...(why === undefined ? {} : { why }),
    ...(source === undefined ? {} : { source }),
    ...(JSON.stringify(chosen) === JSON.stringify(expression) ? {} : { taken: chosen }),
  }
}

/** A part without a source of its own has that of its sum. */
const sourceOfSum = (
  { definitions }: BlockExplanation,
  { part_of }: DefinitionMeta,
): string | undefined => definitions.find(({ name }) => name === part_of)?.source

function inputsOf(open: Opened, e: Expression, index?: string): Derivation[] {
  const read = distinctNames(e).filter(
    (name) => name !== index && name !== 'pi' && name !== 'infinity',
  )
  return [
    ...read.map((name) => explainName(open, name)),
    ...(index === undefined ? callsIn(open, e) : []),
  ]
}

function explainName(open: Opened, name: string): Derivation {
  const definition = open.about.definitions.find((each) => each.name === name)
  if (definition) return explainDefinition(open, definition)
  return open.settings.some((setting) => setting.name === name)
    ? explainSetting(open, name)
    : explainContractName(open, name)
}

/** A setting: as given, or by what its default follows from. */
export function explainSetting(open: Opened, name: string): Derivation {
  const { address, about, values } = open
  const meta = open.settings.find((setting) => setting.name === name)!
  const fallback = about.defaults[name]
  const given = open.given[name] !== undefined
  const follows =
    !given &&
    fallback !== undefined &&
    !Array.isArray(fallback) &&
    typeof fallback === 'object' &&
    isOperation(fallback as Expression)
  return {
    address: `${address}.${name}`,
    name,
    label: meta.label,
    value: values[name] as number | string | number[],
    unit: meta.type === 'tokens' ? 'token' : '',
    inputs:
      follows || (!given && typeof fallback === 'string')
        ? inputsOf(open, fallback as Expression)
        : [],
    origin: given ? 'given' : 'default',
    ...(meta.symbol === undefined ? {} : { symbol: meta.symbol }),
    ...(meta.about === undefined ? {} : { why: meta.about }),
    ...(follows ? { equation: fallback as Expression } : {}),
    ...open.taken[name],
  }
}

function explainContractName({ values, address }: Opened, name: string): Derivation {
  const meta: { label: string; of: string; unit: string; symbol?: string } = names.find(
    (each) => each.name === name,
  )!
  return {
    address: meta.of !== 'architecture' ? `workload.${name}` : `${address}.${name}`,
    name,
    label: meta.label,
    value: values[name] as number | string,
    unit: meta.unit,
    inputs: [],
    origin: meta.of !== 'architecture' ? 'workload' : 'given',
    ...(meta.symbol === undefined ? {} : { symbol: meta.symbol }),
  }
}

/** The shared functions that are called, each with the values it is called with. */
function callsIn(open: Opened, e: Expression): Derivation[] {
  const chosen = taken(e, open.values)
  const calls: Derivation[] = []
  const visit = (each: Expression): void => {
    if (!isOperation(each)) return
    if (Object.hasOwn(sharedFunctions, each.op)) calls.push(explainCall(each.op, each.args, open))
    each.args.forEach(visit)
  }
  visit(chosen)
  return calls.filter(
    (call, place) => calls.findIndex(({ address }) => address === call.address) === place,
  )
}

function explainCall(name: string, args: readonly Expression[], { values }: Opened): Derivation {
  const shared = sharedFunctions[name]!
  const inner = argumentsOf(name, args, values)
  const call = `${name}(${Object.values(inner).join(', ').replaceAll('Infinity', '∞')})`
  const source = Object.values(shared.sources)[0]
  return {
    address: call,
    name: call,
    label: shared.title,
    value: Number(interpret(shared.expression, inner)),
    unit: '',
    equation: shared.expression,
    taken: taken(shared.expression, inner),
    inputs: Object.entries(inner).map(([parameter, value]) => ({
      address: parameter,
      name: parameter,
      label: parameter.replaceAll('_', ' '),
      value,
      unit: '',
      inputs: [],
    })),
    file: shared.file,
    ...(shared.why === undefined ? {} : { why: shared.why }),
    ...(source === undefined ? {} : { source }),
  }
}
