/** Units: exponents of byte and FLOP. Heads, layers, tokens and parameters are plain numbers. */

export interface Unit {
  byte: number
  FLOP: number
}
export const plain: Unit = { byte: 0, FLOP: 0 }

/** What a name or an expression is: a number with a unit, a truth, a choice among texts, a list, or an attached block. */
export type Shape =
  | { kind: 'number'; unit: Unit | 'any' }
  | { kind: 'truth' }
  | { kind: 'choice'; of: readonly string[] }
  | { kind: 'list' }
  | { kind: 'block' }

const written = /^(byte|FLOP)(\/(byte|FLOP))*$/

/** Reads `byte`, `FLOP`, `FLOP/byte`; throws on anything else. */
export function parseUnit(text: string): Unit {
  if (!written.test(text))
    throw new Error(
      `${text} is not a unit; units are byte, FLOP and their ratios, labels of plain numbers go under counts`,
    )
  const [first, ...others] = text.split('/') as ('byte' | 'FLOP')[]
  const unit = { ...plain, [first!]: 1 }
  for (const below of others) unit[below] -= 1
  return unit
}

/** The unit under a label: the one that it names, or a plain number. */
export const unitUnder = (label: string): Unit => (written.test(label) ? parseUnit(label) : plain)

export function printUnit(unit: Unit | 'any'): string {
  if (unit === 'any') return 'any unit'
  const factors = (sign: number): string[] =>
    (['FLOP', 'byte'] as const).flatMap((base) =>
      Array<string>(Math.max(0, unit[base] * sign)).fill(base),
    )
  const [top, bottom] = [factors(1), factors(-1)]
  if (top.length === 0 && bottom.length === 0) return 'a plain number'
  return (top.join('·') || '1') + bottom.map((base) => `/${base}`).join('')
}

export const sameUnit = (a: Unit | 'any', b: Unit | 'any'): boolean =>
  a === 'any' || b === 'any' || (a.byte === b.byte && a.FLOP === b.FLOP)

/** The unit of a product; 'any' (a literal 0 or infinity) counts as plain. */
export function timesUnit(a: Unit | 'any', b: Unit | 'any', power: 1 | -1 = 1): Unit {
  const [x, y] = [a === 'any' ? plain : a, b === 'any' ? plain : b]
  return { byte: x.byte + power * y.byte, FLOP: x.FLOP + power * y.FLOP }
}
