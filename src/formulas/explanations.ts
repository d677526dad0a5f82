/** What is needed to open numbers: equations, words, sources and all values. Loaded apart from what computes totals. */
export { explanations } from './generated/explanations.ts'
export { scenarios } from './generated/scenarios.ts'
export { names, questions, sharedFunctions } from './generated/descriptions.ts'
export { argumentsOf, interpret, taken } from './interpret.ts'
export { distinctNames, isOperation, operationsIn, type Expression } from './expression.ts'
export type { BlockExplanation, DefinitionMeta, ScenarioFormulas } from './runtime.ts'
