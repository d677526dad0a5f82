/** What is needed to open numbers: equations, words, sources and all values. Loaded apart from what computes totals. */
export { explanations } from './generated/explanations.ts'
export { scenarios } from './generated/scenarios.ts'
export { questions } from './generated/descriptions.ts'
export { names, sharedFunctions } from './generated/shared-functions.ts'
export { argumentsOf, interpret, taken } from './interpret.ts'
export { distinctNames, isOperation, operationsIn, type Expression } from './expression.ts'
export type { BlockExplanation, DefinitionMeta, ScenarioFormulas } from './runtime.ts'
