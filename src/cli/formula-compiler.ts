/** What commands need of the formula compiler; apart, so that those without formula files start without mathjs. */
export { compileFormulas } from '../formulas/compile.ts'
export { FormulaError } from '../formulas/formula-error.ts'
export { learn } from '../formulas/learn.ts'
export { loadFormulaFiles } from '../formulas/load.ts'
export { ownBlock } from '../formulas/own-block.ts'
