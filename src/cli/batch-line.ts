/** Answers one line of `archcost batch`: whatever the line holds, the answer is a line too. */
import { rotary } from '../engine/explanations.ts'
import { ArchcostError } from '../architecture/errors.ts'
import { checkDocument } from '../engine/index.ts'
import type { Workload } from '../engine/types.ts'
import { didYouMean } from '../formulas/nearest.ts'
import { importConfig } from '../import/index.ts'
import { readJson } from '../import/json.ts'
import { costReport } from './cost-report.ts'
import type { Line } from './lines.ts'
import type { FoundModel } from './found-model.ts'
import { scanJson } from './scan-json.ts'
import { modulesIn, withModules } from './with-modules.ts'

/** As much as is read of the hub as a config.json; parsed, the worst of such lines takes some hundred times its length. */
export const longestLine = 4 * 1024 * 1024

/** The answer to a line, and whether it is a cost. */
export function answer(line: Line): { text: string; ok: boolean } {
  let id = 'null'
  const answered = (what: string, said: unknown): string =>
    `{"id":${id},"${what}":${JSON.stringify(said)}}`
  try {
    const request = readRequest(line, (text) => (id = text))
    const found = withModules(modelOf(request), modulesIn(request['with']))
    return {
      text: answered('cost', costReport(found, workloadOf(request), rotary)),
      ok: true,
    }
  } catch (error) {
    return { text: answered('error', errorOf(error)), ok: false }
  }
}

const keys = ['id', 'config', 'architecture', 'workload', 'with']

const refuse = (message: string): never => {
  throw new ArchcostError('invalid_json', message)
}

/** @param tellId is told the text of the id, as soon as it is known */
function readRequest(line: Line, tellId: (id: string) => void): Record<string, unknown> {
  if ('mistake' in line) return refuse(line.mistake)
  // A config may have a key twice; the last holds, as everywhere in Python.
  const { texts, doubled, too_deep } = scanJson(line.text, 'config')
  if (too_deep) refuse('the line is nested deeper than 1000 levels')
  const read = readJson(line.text)
  if ('mistake' in read)
    return refuse(`the line is not JSON: column ${read.mistake.column}: ${read.mistake.text}`)
  const request = read.value
  if (typeof request !== 'object' || request === null || Array.isArray(request))
    return refuse('the line is not a JSON object; write {"id": …, "config": {…}}')
  if ('id' in request && doubled !== 'id') tellId(idText(request.id, texts.get('id')!))
  if (doubled !== null) refuse(`the line has ${quote(doubled)} twice; give it once`)
  const other = Object.keys(request).find((key) => !keys.includes(key))
  if (other !== undefined)
    refuse(
      `${quote(other)} is no key of a line${didYouMean(other, keys) || `; its keys are ${keys.join(', ')}`}`,
    )
  return request as Record<string, unknown>
}

/** A number with all its digits, of which a double holds sixteen. */
const idText = (id: unknown, text: string): string =>
  typeof id === 'number' && /^-?\d/.test(text) ? text : JSON.stringify(id)

const quote = (key: string): string =>
  JSON.stringify(key.length > 60 ? `${key.slice(0, 60)}…` : key)

function modelOf({ config, architecture }: Record<string, unknown>): FoundModel {
  if (architecture !== undefined && config !== undefined)
    throw new ArchcostError(
      'invalid_config',
      'the line has both config and architecture; give one of them',
    )
  if (architecture !== undefined)
    return { architecture: checkDocument(architecture), report: null, notes: [] }
  if (config === undefined)
    throw new ArchcostError(
      'invalid_config',
      'the line has neither config nor architecture; write {"id": …, "config": {…}}',
    )
  return importConfig(config)
}

/** The engine checks each value; null is a value left open, as is one left out. */
function workloadOf({ workload }: Record<string, unknown>): Partial<Workload> {
  if (workload === undefined || workload === null) return {}
  if (typeof workload !== 'object' || Array.isArray(workload))
    throw new ArchcostError(
      'invalid_workload',
      'an object is expected, such as {"context": 8192}',
      'workload',
    )
  return Object.fromEntries(Object.entries(workload).filter(([, value]) => value !== null))
}

function errorOf(error: unknown): { code: string; message: string } {
  if (error instanceof ArchcostError) return { code: error.code, message: error.message }
  const what = error instanceof Error ? error.message : String(error)
  return {
    code: 'invalid_config',
    message: `cannot be evaluated, by a mistake in archcost itself; please report it with the line: ${what}`,
  }
}
