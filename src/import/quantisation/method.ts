/** What a `quantization_config` says: which roles are in which format, and which modules are left as they are. */
import { isCount, isListOf, isObject, isText } from '../values.ts'

/** A format for the modules that `targets` name, or for all linear layers of the roles of the method. */
export interface Scheme {
  format: string
  /** Names or patterns of modules; null for all. */
  targets: readonly string[] | null
}

export interface Method {
  /** As the config names it. */
  name: string
  roles: readonly string[]
  schemes: readonly Scheme[]
  /** Names or patterns of modules that stay as they are. */
  left: readonly string[]
}

/** Takes a value by its key and writes down that it is read. */
export type Take = (key: string) => unknown

/** Matrices of linear layers inside the layers of the stack; tables, head, norms and routers stay as they are. */
const linear = ['attention', 'ffn', 'experts', 'shared_experts', 'state'] as const

type Read = (take: Take) => { format: string | null; roles?: readonly string[]; left?: string }

const bitsText = (bits: number): string => `${bits}bits`

/** `awq-int4-g128`; without groups, or with other bits, a format of its own. */
function grouped(family: string, bits: unknown, group: unknown, offset: boolean): string | null {
  if (!isCount(bits, 1) || bits > 16) return null
  if (!isCount(group, 1)) return bits === 8 ? 'int8-row' : bitsText(bits)
  const known = `${family}-int${bits}${family === 'packed' && offset ? '-offset' : ''}`
  return knownGrouped.includes(known)
    ? `${known}-g${group}`
    : bitsText(bits + (16 + (offset ? bits : 0)) / group)
}
const knownGrouped = [
  'awq-int4',
  'gptq-int4',
  'gptq-int8',
  'packed-int4',
  'packed-int4-offset',
  'packed-int8',
]

function blockwise(size: unknown): string | null {
  if (!isListOf(size, (each): each is number => isCount(each, 1)) || size.length !== 2) return null
  const [rows, columns] = size as [number, number]
  return rows === 128 && columns === 128 ? 'fp8-block' : bitsText(8 + 32 / (rows * columns))
}

const methods: Readonly<Record<string, Read>> = {
  awq: (take) => ({
    format: grouped(
      'awq',
      take('bits') ?? take('w_bit'),
      take('group_size') ?? take('q_group_size'),
      true,
    ),
    left: 'modules_to_not_convert',
  }),
  gptq: (take) => ({
    format: grouped('gptq', take('bits'), take('group_size'), true),
    roles: take('lm_head') === true ? [...linear, 'head'] : linear,
    left: 'modules_in_block_to_not_quantize',
  }),
  fp8: (take) => {
    const size = take('weight_block_size')
    return {
      format: size === undefined || size === null ? 'fp8' : blockwise(size),
      left: 'modules_to_not_convert',
    }
  },
  fbgemm_fp8: () => ({ format: 'fp8-row', left: 'modules_to_not_convert' }),
  mxfp4: () => ({ format: 'mxfp4', roles: ['experts'], left: 'modules_to_not_convert' }),
  bitsandbytes: (take) => ({
    format: bitsandbytes(take),
    left: 'llm_int8_skip_modules',
  }),
  modelopt: (take) => ({ format: modelopt(take('quant_algo')), left: 'exclude_modules' }),
}
const otherNames: Readonly<Record<string, string>> = {
  'auto-round': 'gptq',
  auto_round: 'gptq',
  modelopt_fp4: 'modelopt',
  'bitsandbytes-4bit': 'bitsandbytes',
}

function bitsandbytes(take: Take): string | null {
  if (take('load_in_8bit') === true || take('_load_in_8bit') === true) return 'int8-row'
  if (take('load_in_4bit') !== true && take('_load_in_4bit') !== true) return null
  if (take('bnb_4bit_use_double_quant') === true) return 'nf4-double'
  // Its other type has scales of the same size.
  return take('bnb_4bit_quant_type') === 'nf4' ? 'nf4' : bitsText(4.5)
}

function modelopt(algorithm: unknown): string | null {
  const formats: Record<string, string> = {
    FP8: 'fp8',
    FP8_PER_CHANNEL_PER_TOKEN: 'fp8-row',
    FP8_PB_WO: 'fp8-block',
    NVFP4: 'nvfp4',
    FP4: 'nvfp4',
    MXFP4: 'mxfp4',
    MXFP8: 'mxfp8',
  }
  return typeof algorithm === 'string' ? (formats[algorithm.toUpperCase()] ?? null) : null
}

/** compressed-tensors: groups of modules, each with the numbers that its weights are written in. */
function compressed(take: Take): Method | null {
  const groups = take('config_groups')
  if (!isObject(groups)) return null
  const schemes = Object.values(groups).map((group): Scheme | null => {
    if (!isObject(group) || !isObject(group['weights'])) return null
    const format = ofWeights(group['weights'])
    const targets = group['targets']
    const named = isListOf(targets, isText) ? targets : ['Linear']
    return format === null ? null : { format, targets: named.includes('Linear') ? null : named }
  })
  if (schemes.length === 0 || schemes.includes(null)) return null
  return {
    name: 'compressed-tensors',
    roles: linear,
    schemes: schemes as Scheme[],
    left: listOf(take('ignore')),
  }
}

function ofWeights(weights: Record<string, unknown>): string | null {
  const { num_bits: bits, type = 'int', strategy, group_size: group } = weights
  if (type === 'int')
    return grouped(
      'packed',
      bits,
      strategy === 'channel' || strategy === 'tensor' ? null : group,
      weights['symmetric'] === false,
    )
  if (type !== 'float') return null
  if (bits === 4) return group === 16 ? 'nvfp4' : group === 32 ? 'mxfp4' : null
  if (bits !== 8) return null
  switch (strategy) {
    case 'channel':
      return 'fp8-row'
    case 'block':
      return blockwise(weights['block_structure'])
    case 'group':
      return group === 32 ? 'mxfp8' : null
    default:
      return 'fp8'
  }
}

const listOf = (value: unknown): string[] => (isListOf(value, isText) ? value : [])

/** The method by its name and its keys; null where it is not known, or says what is not understood. */
export function readMethod(take: Take): Method | null {
  const said = take('quant_method')
  const name = typeof said === 'string' ? said.toLowerCase() : bySize(take)
  if (name === 'compressed-tensors') return compressed(take)
  const read = Object.hasOwn(otherNames, name) ? otherNames[name]! : name
  if (!Object.hasOwn(methods, read)) return null
  // Some tools write modelopt's formats as compressed-tensors does.
  const groups = read === 'modelopt' && take('quant_algo') === undefined ? compressed(take) : null
  if (groups) return { ...groups, name }
  const { format, roles = linear, left = '' } = methods[read]!(take)
  if (format === null) return null
  const lists = [left, 'modules_to_not_convert', 'ignored_layers', 'ignore', 'exclude_modules']
  return {
    name,
    roles,
    schemes: [{ format, targets: null }],
    left: [...new Set(lists)].flatMap((key) => listOf(take(key))),
  }
}

/** Old configs of bitsandbytes name no method. */
const bySize = (take: Take): string =>
  take('load_in_4bit') === true || take('load_in_8bit') === true ? 'bitsandbytes' : ''
