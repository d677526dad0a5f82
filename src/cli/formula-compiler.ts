/** What `check` needs of the formula compiler; apart, so that other commands start without mathjs. */
export { compileFormulas } from '../formulas/compile.ts'
export { FormulaError } from '../formulas/formula-error.ts'
export { loadFormulaFiles } from '../formulas/load.ts'
