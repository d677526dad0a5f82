/** The functions formulas may call: how many arguments, how units pass through, what they compute. */
import { choose, normalCdf, normalPdf } from './probability.ts'
import { mod } from './runtime.ts'

export interface BuiltIn {
  arity: number | 'some'
  /** `same`: arguments agree in unit and the result has it; `plain`: arguments and result are plain numbers. */
  units: 'same' | 'plain'
  /** What it computes. */
  compute: (...args: number[]) => number
  /** As written in generated TypeScript, where it is not `Math.<name>`. */
  code?: string
}

export const builtIns: Record<string, BuiltIn> = {
  min: { arity: 'some', units: 'same', compute: Math.min },
  max: { arity: 'some', units: 'same', compute: Math.max },
  abs: { arity: 1, units: 'same', compute: Math.abs },
  ceil: { arity: 1, units: 'same', compute: Math.ceil },
  floor: { arity: 1, units: 'same', compute: Math.floor },
  round: { arity: 1, units: 'same', compute: Math.round },
  mod: { arity: 2, units: 'same', compute: mod, code: 'mod' },
  log: { arity: 1, units: 'plain', compute: Math.log },
  log2: { arity: 1, units: 'plain', compute: Math.log2 },
  exp: { arity: 1, units: 'plain', compute: Math.exp },
  sqrt: { arity: 1, units: 'plain', compute: Math.sqrt },
  normal_cdf: { arity: 1, units: 'plain', compute: normalCdf, code: 'normalCdf' },
  normal_pdf: { arity: 1, units: 'plain', compute: normalPdf, code: 'normalPdf' },
  choose: { arity: 2, units: 'plain', compute: choose, code: 'choose' },
}

/** Forms that are not ordinary functions: their arguments are evaluated by need, or are lists and indices. */
export const specialForms: Record<string, number> = { if: 3, at: 2, length: 1, sum: 4 }

export const constants: Record<string, number> = { pi: Math.PI, infinity: Infinity }
