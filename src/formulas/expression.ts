/** Expressions as trees: what the parser makes of a formula, and what checks, writers and printers read. */

/** A number, a name, a text that a choice is compared with, or an operation on expressions. */
export type Expression = number | string | { text: string } | Operation
export interface Operation {
  /** `+ - * / ^ neg`, a comparison, `and or not`, or a function's name. */
  op: string
  args: Expression[]
}

export const isOperation = (e: Expression): e is Operation => typeof e === 'object' && 'op' in e

/** Calls `visit` with every name that an expression reads; bound indices of sums are left out. */
function namesIn(e: Expression, visit: (name: string) => void): void {
  if (typeof e === 'string') visit(e)
  else if (isOperation(e)) {
    if (e.op !== 'sum') return e.args.forEach((arg) => namesIn(arg, visit))
    const [index, from, to, body] = e.args as [string, Expression, Expression, Expression]
    namesIn(from, visit)
    namesIn(to, visit)
    namesIn(body, (name) => name !== index && visit(name))
  }
}

/** The names an expression reads, each once, in order of appearance. */
export function distinctNames(e: Expression): string[] {
  const names = new Set<string>()
  namesIn(e, (name) => names.add(name))
  return [...names]
}

/** The operations and functions an expression uses. */
export function operationsIn(e: Expression): string[] {
  return isOperation(e) ? [...new Set([e.op, ...e.args.flatMap(operationsIn)])] : []
}
