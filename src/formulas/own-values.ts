/** The values of a mechanism's definitions by closures, and the words that its choices are between. */
import { checkLength, type Closure, type Env } from './closures.ts'
import { isOperation, type Expression } from './expression.ts'
import { within } from './formula-error.ts'
import type { Definition, Mechanism } from './mechanism.ts'
import type { Value } from './runtime.ts'

/** Puts the values of some definitions among what is given, each after those it needs. */
export function definitionsOf(
  { file, definitions }: Mechanism,
  compile: (e: Expression) => Closure,
): (env: Env, needed: ReadonlySet<string>) => Env {
  const at = within(file)
  const compiled = definitions.map((definition) => ({
    name: definition.name,
    value: valueOf(definition, compile),
  }))
  return (env, needed) => {
    for (const { name, value } of compiled)
      if (needed.has(name)) env[name] = at(name, () => value(env))
    return env
  }
}

function valueOf(
  { expression, over }: Definition,
  compile: (e: Expression) => Closure,
): (env: Env) => Value {
  const term = compile(expression)
  if (!over) return (env) => Number(term(env))
  const count = compile(over.count)
  return (env) => {
    const length = Math.ceil(Number(count(env)))
    checkLength(length, 'a list has')
    const inner = { ...env }
    return Array.from({ length }, (_, index) => {
      inner[over.index] = index
      return Number(term(inner))
    })
  }
}

/** Names of classes stand in the branches of a choice as names of values do elsewhere; here they are texts. */
export function textOf(chosen: Expression): Expression {
  if (!isOperation(chosen)) return { text: chosen as string }
  const [condition, then, otherwise] = chosen.args as [Expression, Expression, Expression]
  return { op: 'if', args: [condition, textOf(then), textOf(otherwise)] }
}
