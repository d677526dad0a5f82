/** Data that budgets are stated in: devices and weight formats, as their files say them. */
import * as z from 'zod'
import { emit } from './emit-expression.ts'
import { distinctNames } from './expression.ts'
import { FormulaError, within } from './formula-error.ts'
import { parseExpression } from './parse.ts'
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
  /** Of one weight, with its share of scales and offsets; an expression of `group` where each group of weights has its own. */
  bits: z.union([positive, z.string().min(1)]),
  /** How many weights share a scale, usually. */
  group: z.int().gt(0).optional(),
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
/** As files say them. */
export interface WeightFormatEntry {
  name: string
  bits: number | string
  group?: number | undefined
  of?: string | undefined
  source?: Source | undefined
}
/** `awq-int4-g128` is 4.15625 bits; `in_groups` tells what they are in groups of another size. */
export interface WeightFormat {
  name: string
  bits: number
  of?: string | undefined
  source?: Source | undefined
  in_groups?: { name: string; of: number; bits: (group: number) => number }
}

export const hardwareFile = z.strictObject({ hardware: z.array(device).min(1) })
export const weightFormatsFile = z.strictObject({ weight_formats: z.array(weightFormat).min(1) })

/** @throws FormulaError that names the entry and the key, what was found and what is expected */
export const readDevices = (file: TextFile): Device[] =>
  differing(file, check(file, hardwareFile).hardware)

/** One device, as an entry of formulas/hardware.yaml. @throws FormulaError as `readDevices` */
export const readOwnDevice = (file: TextFile): Device => check(file, ownDevice)

/** @throws FormulaError as `readDevices` */
export function readWeightFormats(file: TextFile): WeightFormatEntry[] {
  const formats = differing(file, check(file, weightFormatsFile).weight_formats)
  for (const { name, bits, group } of formats)
    within(file.file)(`weight_formats.${name}.bits`, () => {
      if ((typeof bits === 'string') !== (group !== undefined))
        throw new Error('is an expression where the format says a group, and a number where not')
      const other = distinctNames(parseExpression(bits)).find((each) => each !== 'group')
      if (other !== undefined) throw new Error(`${other} is not known here; group is`)
    })
  return formats
}

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

const head =
  '// Written by `npm run formulas` from the files under formulas/. Changes here are lost.\n'

/** Apart from the formats, which the page needs at first. */
export const emitDevices = (devices: readonly Device[]): string =>
  `${head}import type { Device } from '../data.ts'\n\nexport const devices: readonly Device[] = ${JSON.stringify(devices)}\n`

/** The module that the engine reads. */
export function emitWeightFormats(formats: readonly WeightFormatEntry[]): string {
  const entries = formats.map(({ group, bits, name, ...rest }) => {
    const fields = Object.entries({ name: group ? `${name}-g${group}` : name, ...rest })
    const inBits = `(group: number): number => ${emit(parseExpression(bits))}`
    return [
      ...fields.map(([key, value]) => `${key}: ${JSON.stringify(value)}`),
      ...(group
        ? [
            `bits: (${inBits})(${group})`,
            `in_groups: { name: '${name}', of: ${group}, bits: ${inBits} }`,
          ]
        : [`bits: ${bits}`]),
    ].join(', ')
  })
  return [
    `${head}import type { WeightFormat } from '../data.ts'`,
    '',
    'export const weightFormats: readonly WeightFormat[] = [',
    ...entries.map((entry) => `  { ${entry} },`),
    ']',
    '',
  ].join('\n')
}
