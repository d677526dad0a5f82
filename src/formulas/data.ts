/** Data that budgets are stated in: devices and weight formats, as their files say them. */
import * as z from 'zod'
import { emit } from './emit-expression.ts'
import { distinctNames, type Expression } from './expression.ts'
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
  /** Other names that it goes by. */
  also: z.array(z.string().min(1)).min(1).optional(),
  /** Bytes as installed. */
  memory: positive,
  /** What programs see of them: bytes that a log shows, or a share that is usual in its family. */
  visible: z.union([
    z.strictObject({ bytes: positive, source }),
    z.strictObject({ share: positive.max(1) }),
  ]),
  /** Bytes per second. */
  bandwidth: positive,
  /** FLOP per second of dense matrix products, by format of the operands. */
  peak: z.record(z.string(), positive),
  /** Bytes per second each way, by kind of link. */
  links: z.record(z.string(), positive).optional(),
  /** Watts, at most. */
  power: positive.optional(),
  /** What no data sheet states. */
  assumed: z
    .array(z.enum(['peak', 'bandwidth', 'links', 'power']))
    .min(1)
    .optional(),
  source,
})
type DeviceEntry = z.infer<typeof device>
const weightFormat = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_-]*$/, 'a name in lower case, such as q4_k,'),
  /** Of one weight, with its share of scales and offsets; an expression of `group` where each group of weights has its own. */
  bits: z.union([positive, z.string().min(1)]),
  /** How many weights share a scale, usually. */
  group: z.int().gt(0).optional(),
  /** Bytes of a matrix beside its weights; an expression of its `inputs` and `outputs`. */
  beside: z.union([positive, z.string().min(1)]).optional(),
  /** What the bits are made of. */
  of: z.string().min(1).optional(),
  source: source.optional(),
})

/** A device of one's own needs no source, and what is visible of it is all unless it says how many bytes are. */
const ownDevice = device
  .partial({ source: true })
  .extend({ visible: positive.optional() })
  .refine(({ peak }) => 'bf16' in peak, {
    path: ['peak'],
    message: 'says nothing of bf16, the format that devices are compared by',
  })

interface Source {
  title: string
  url: string
}
export interface Device {
  name: string
  also?: readonly string[] | undefined
  /** Bytes as installed. */
  memory: number
  /** Bytes that programs see of them. */
  visible: number
  /** Bytes per second. */
  bandwidth: number
  /** FLOP per second of dense matrix products, by format of the operands. */
  peak: Record<string, number>
  /** Bytes per second each way, by kind of link. */
  links?: Record<string, number> | undefined
  /** Watts, at most. */
  power?: number | undefined
  /** Fields that nobody stated or measured. */
  assumed?: readonly string[] | undefined
  source?: Source | undefined
}
/** As files say them. */
export interface WeightFormatEntry {
  name: string
  bits: number | string
  group?: number | undefined
  beside?: number | string | undefined
  of?: string | undefined
  source?: Source | undefined
}
/** `awq-int4-g128` is 4.15625 bits; `in_groups` tells what they are in groups of another size. */
export interface WeightFormat {
  name: string
  bits: number
  in_groups?: { name: string; of: number; bits: (group: number) => number }
  /** Bytes of a matrix beside its weights. */
  beside?: (shape: { inputs: number; outputs: number }) => number
}

export interface FormatWords {
  of?: string
  source?: Source
}

export const hardwareFile = z.strictObject({ hardware: z.array(device).min(1) })
export const weightFormatsFile = z.strictObject({ weight_formats: z.array(weightFormat).min(1) })

/** @throws FormulaError that names the entry and the key, what was found and what is expected */
export function readDevices(file: TextFile): Device[] {
  const { hardware } = check(file, hardwareFile)
  refuseTwice(
    file,
    hardware.flatMap(({ name, also = [] }) => [name, ...also]),
  )
  return hardware.map(deviceOf)
}

function deviceOf({ visible, assumed = [], ...entry }: DeviceEntry): Device {
  const all = 'share' in visible ? ['visible', ...assumed] : assumed
  return {
    ...entry,
    visible: 'share' in visible ? Math.floor(entry.memory * visible.share) : visible.bytes,
    ...(all.length > 0 && { assumed: all }),
  }
}

/**
 * One device, as an entry of formulas/hardware.yaml; `visible` is a number of bytes, or left out where all are.
 * @throws FormulaError as `readDevices`
 */
export function readOwnDevice(file: TextFile): Device {
  const own = check(file, ownDevice)
  return { ...own, visible: own.visible ?? own.memory }
}

/** @throws FormulaError as `readDevices` */
export function readWeightFormats(file: TextFile): WeightFormatEntry[] {
  const formats = check(file, weightFormatsFile).weight_formats
  refuseTwice(
    file,
    formats.map(({ name }) => name),
  )
  for (const { name, bits, group, beside = 0 } of formats) {
    const at = (key: string, work: () => void): void =>
      within(file.file)(`weight_formats.${name}.${key}`, work)
    at('bits', () => {
      if ((typeof bits === 'string') !== (group !== undefined))
        throw new Error('is an expression where the format says a group, and a number where not')
      refuseOther(bits, ['group'])
    })
    at('beside', () => refuseOther(beside, ['inputs', 'outputs']))
  }
  return formats
}

/** @throws Error where an expression reads what is not among the `known` names */
export function refuseOther(text: string | number, known: readonly string[]): void {
  const other = distinctNames(parseExpression(text)).find((each) => !known.includes(each))
  if (other !== undefined)
    throw new Error(
      `${other} is not known here; ${known.join(', ')} ${known.length === 1 ? 'is' : 'are'}`,
    )
}

export function check<Body>({ file, text }: TextFile, schema: z.ZodType<Body>): Body {
  const body = readYaml({ file, text })
  const checked = schema.safeParse(body, { reportInput: true })
  if (checked.success) return checked.data
  const issue = checked.error.issues[0]!
  throw new FormulaError(file, named(body, issue.path), problemOf(issue, schema, yamlHint).problem)
}

function refuseTwice({ file }: TextFile, said: readonly string[]): void {
  const names = said.map((name) => name.toLowerCase())
  const twice = names.find((name, place) => names.indexOf(name) < place)
  if (twice !== undefined)
    throw new FormulaError(file, twice, 'stands there twice; names must differ')
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

const besideCode = (tree: Expression): string =>
  `(${distinctNames(tree).length > 0 ? `{ ${distinctNames(tree).join(', ')} }` : ''}) => ${emit(tree)}`

/** What derivations say of a format, whatever its groups; apart from its numbers, which the page needs at first. */
export function emitFormatWords(formats: readonly WeightFormatEntry[]): string {
  const words = formats.map(({ name, of, source: cited }) => [name, { of, source: cited }])
  return `${head}import type { FormatWords } from '../data.ts'\n\nexport const formatWords: Readonly<Record<string, FormatWords>> = ${JSON.stringify(Object.fromEntries(words))}\n`
}

/** The module that the engine reads. */
export function emitWeightFormats(formats: readonly WeightFormatEntry[]): string {
  const entries = formats.map(({ group, bits, name, beside }) => {
    const inBits = `(group: number): number => ${emit(parseExpression(bits))}`
    return [
      `name: '${group ? `${name}-g${group}` : name}'`,
      ...(group
        ? [
            `bits: (${inBits})(${group})`,
            `in_groups: { name: '${name}', of: ${group}, bits: ${inBits} }`,
          ]
        : [`bits: ${bits}`]),
      ...(beside === undefined ? [] : [`beside: ${besideCode(parseExpression(beside))}`]),
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
