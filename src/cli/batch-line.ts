/** Answers one line of `archcost batch`: whatever the line holds, the answer is a line too. */
import { ArchcostError } from '../architecture/errors.ts'
import type { Workload } from '../engine/types.ts'
import { importConfig } from '../import/index.ts'
import { costReport } from './cost-report.ts'
import type { Line } from './lines.ts'
import type { FoundModel } from './model-source.ts'

export const longestLine = 16 * 1024 * 1024

/** The answer to a line, and whether it is a cost. */
export function answer(line: Line): { text: string; ok: boolean } {
  let id: unknown = null
  try {
    const request = readRequest(line)
    id = request['id'] ?? null
    return {
      text: JSON.stringify({ id, cost: costReport(modelOf(request), workloadOf(request)) }),
      ok: true,
    }
  } catch (error) {
    return { text: JSON.stringify({ id: printable(id), error: errorOf(error) }), ok: false }
  }
}

function readRequest(line: Line): Record<string, unknown> {
  if (line === null)
    throw new ArchcostError(
      'invalid_json',
      `the line is longer than ${longestLine / 1024 / 1024} MiB`,
    )
  let request: unknown
  try {
    request = JSON.parse(line.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new ArchcostError('invalid_json', `the line is not JSON: ${(error as Error).message}`)
  }
  if (typeof request !== 'object' || request === null || Array.isArray(request))
    throw new ArchcostError(
      'invalid_json',
      'the line is not a JSON object; write {"id": …, "config": {…}}',
    )
  return request as Record<string, unknown>
}

function modelOf({ config, architecture }: Record<string, unknown>): FoundModel {
  if (architecture !== undefined && config !== undefined)
    throw new ArchcostError(
      'invalid_config',
      'the line has both config and architecture; give one of them',
    )
  if (architecture !== undefined) return { architecture, report: null, notes: [] }
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

/** An id nested so deeply that it cannot be printed is not one. */
function printable(id: unknown): unknown {
  try {
    JSON.stringify(id)
    return id
  } catch {
    return null
  }
}
