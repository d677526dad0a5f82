/** Data that budgets are stated in: devices and weight formats, as their files say them. */
import * as z from 'zod'
import { FormulaError } from './formula-error.ts'
import { readYaml, type TextFile } from './read-yaml.ts'
import { problemOf, yamlHint } from './shape-problem.ts'

const source = z.strictObject({
  title: z.string().min(1),
  url: z.url('an address such as https://…'),
})
const positive = z.number().gt(0)

const device = z.strictObject({
  name: z.string().min(1),
  /** Bytes as installed. */
  memory: positive,
  /** Bytes per second. */
  bandwidth: positive,
  /** FLOP per second of dense matrix products, by format of the operands. */
  peak: z.record(z.string(), positive),
  source,
})
const weightFormat = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_-]*$/, 'a name in lower case, such as q4_k,'),
  /** Of one weight, with its share of scales and offsets. */
  bits: positive,
  /** What the bits are made of. */
  of: z.string().min(1).optional(),
  source: source.optional(),
})

/** A device of one's own needs no source. */
const ownDevice = device.partial({ source: true }).refine(({ peak }) => 'bf16' in peak, {
  path: ['peak'],
  message: 'says nothing of bf16, the format that devices are compared by',
})

interface Source {
  title: string
  url: string
}
export interface Device {
  name: string
  memory: number
  bandwidth: number
  peak: Record<string, number>
  source?: Source | undefined
}
export interface WeightFormat {
  name: string
  bits: number
  of?: string | undefined
  source?: Source | undefined
}

export const hardwareFile = z.strictObject({ hardware: z.array(device).min(1) })
export const weightFormatsFile = z.strictObject({ weight_formats: z.array(weightFormat).min(1) })

/** @throws FormulaError that names the entry and the key, what was found and what is expected */
export const readDevices = (file: TextFile): Device[] =>
  differing(file, check(file, hardwareFile).hardware)

/** One device, as an entry of formulas/hardware.yaml. @throws FormulaError as `readDevices` */
export const readOwnDevice = (file: TextFile): Device => check(file, ownDevice)

/** @throws FormulaError as `readDevices` */
export const readWeightFormats = (file: TextFile): WeightFormat[] =>
  differing(file, check(file, weightFormatsFile).weight_formats)

function check<Body>({ file, text }: TextFile, schema: z.ZodType<Body>): Body {
  const body = readYaml({ file, text })
  const checked = schema.safeParse(body, { reportInput: true })
  if (checked.success) return checked.data
  const issue = checked.error.issues[0]!
  throw new FormulaError(file, named(body, issue.path), problemOf(issue, schema, yamlHint).problem)
}

function differing<Entry extends { name: string }>({ file }: TextFile, entries: Entry[]): Entry[] {
  const names = entries.map(({ name }) => name.toLowerCase())
  const twice = names.find((name, place) => names.indexOf(name) < place)
  if (twice !== undefined)
    throw new FormulaError(file, twice, 'stands there twice; names must differ')
  return entries
}

/** The path to a mistake, with the name of its entry in the place of its number. */
function named(body: unknown, [key, place, ...rest]: readonly PropertyKey[]): string {
  const entry = (body as Record<string, { name?: unknown }[]> | null)?.[String(key)]?.[
    Number(place)
  ]
  const name = typeof entry?.name === 'string' ? entry.name : place
  return [key, name, ...rest]
    .filter((step) => step !== undefined)
    .map(String)
    .join('.')
}

/** The module that the engine reads. */
export function emitData(devices: readonly Device[], formats: readonly WeightFormat[]): string {
  return [
    '// Written by `npm run formulas` from the files under formulas/. Changes here are lost.',
    "import type { Device, WeightFormat } from '../data.ts'",
    '',
    `export const devices: readonly Device[] = ${JSON.stringify(devices)}`,
    '',
    `export const weightFormats: readonly WeightFormat[] = ${JSON.stringify(formats)}`,
    '',
  ].join('\n')
}
