/** Checks definitions: units, indices, classes, sources. */
import { mustBeCondition, shapeOf, unitOfResult, withIndex, type Scope } from './check-units.ts'
import { isOperation, type Expression } from './expression.ts'
import type { Definition } from './mechanism.ts'
import { checkName } from './names.ts'
import { didYouMean } from './nearest.ts'
import { plain, printUnit, sameUnit, unitUnder, type Shape, type Unit } from './units.ts'

export const shapeOfDefinition = ({ over, unit }: Definition): Shape =>
  over ? { kind: 'list' } : { kind: 'number', unit: unitUnder(unit) }

/** @throws Error that says what does not fit */
export function checkDefinition(
  definition: Definition,
  scope: Scope,
  sources: Record<string, unknown>,
): void {
  const { over, expression, source, class: chosen } = definition
  checkSource(source, sources)
  if (chosen !== undefined) checkClass(chosen, scope)
  if (!over) return checkResult(definition, unitOfResult(expression, scope))
  checkName(over.index)
  if (!sameUnit(unitOfResult(over.count, scope), plain))
    throw new Error('over runs to a plain number of values')
  checkResult(definition, unitOfResult(expression, withIndex(scope, over.index)))
}

export function checkSource(source: string | undefined, sources: Record<string, unknown>): void {
  const known = Object.keys(sources)
  if (source !== undefined && !known.includes(source))
    throw new Error(
      `the source ${source} is not among the file's sources${didYouMean(source, known)}`,
    )
}

/** The conditions that choose a class; its leaves are names of classes. */
function checkClass(chosen: Expression, scope: Scope): void {
  if (!isOperation(chosen)) return
  mustBeCondition(chosen.args[0]!, scope)
  chosen.args.slice(1).forEach((branch) => checkClass(branch, scope))
}

/** `unit` must be what comes out; `counts` labels a plain number, or says the unit of what it is made of. */
function checkResult({ unit, counted }: Definition, found: Unit | 'any'): void {
  const wanted = unitUnder(unit)
  if (sameUnit(found, wanted) || (counted && sameUnit(found, plain))) return
  throw new Error(
    `${printUnit(wanted)} expected, but the expression is ${sameUnit(found, plain) ? '' : 'in '}${printUnit(found)}${advice(wanted, found)}`,
  )
}

function advice(wanted: Unit, found: Unit | 'any'): string {
  if (!sameUnit(found, plain)) return ''
  if (sameUnit(wanted, unitUnder('FLOP')))
    return '; multiply by flops_per_mac, or say counts: FLOP where the work is no multiply-adds'
  return sameUnit(wanted, unitUnder('byte'))
    ? '; multiply by the bytes of an element, or say counts: byte'
    : ''
}

/** A check may read what is known of a block before anything runs. */
export function checkCondition(must: Expression, message: string, scope: Scope): void {
  mustBeCondition(must, scope)
  for (const [, name] of message.matchAll(/\{(\w+)\}/g)) shapeOf(name!, scope)
}
