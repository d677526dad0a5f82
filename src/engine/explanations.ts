/** What opens numbers. Apart from the rest of the engine, since it carries every formula's words and a page loads it late. */
export { explain, explainable } from './explain/explain.ts'
export { scenarioValues, settingsThatReach, type Choices } from './explain/scenario.ts'
export { totals, type Total } from './explain/totals.ts'
export { rotary } from './rotary.ts'
