/** A tensor as the header of a checkpoint describes it, and how many weights it stands for. */

export interface Tensor {
  name: string
  /** As the file says it: `BF16`, `F8_E4M3`, `Q4_K`. */
  dtype: string
  shape: readonly number[]
  /** Bytes that it takes in the file. */
  bytes: number
}

/** Numbers that are stored. */
export const elementsOf = ({ shape }: Tensor): number =>
  shape.reduce((product, size) => product * size, 1)

/** The name of the module that a tensor belongs to, and the tensor's own. */
export function splitName(name: string): { module: string; own: string } {
  const dot = name.lastIndexOf('.')
  return { module: name.slice(0, Math.max(dot, 0)), own: name.slice(dot + 1) }
}

/** What of a checkpoint's quantisation must be known to count its weights. */
export interface Packing {
  /** Bits of a weight where several are packed into one number. */
  bits: number
}

/** Own names of tensors that hold several weights in each number. */
const packed = new Set(['qweight', 'weight_packed'])

/**
 * Weights that a tensor stands for: several in each number where they are packed.
 * @param names of all tensors, since packed weights are known by the scales beside them
 */
export function weightsOf(tensor: Tensor, names: ReadonlySet<string>, { bits }: Packing): number {
  const elements = elementsOf(tensor)
  const { module, own } = splitName(tensor.name)
  const width = bitsOf(tensor.dtype)
  if (packed.has(own)) return (elements * width) / bits
  // Four-bit blocks with a scale for each, two weights to a byte.
  if (tensor.dtype === 'U8' && own.endsWith('_blocks')) return elements * 2
  const halved = ['weight.absmax', 'weight_scale_2', 'weight_scale']
  if (
    tensor.dtype === 'U8' &&
    own === 'weight' &&
    halved.some((beside) => names.has(`${module}.${beside}`))
  )
    return elements * 2
  return elements
}

function bitsOf(dtype: string): number {
  const digits = /\d+/.exec(dtype)
  return digits ? Number(digits[0]) : 8
}

/** How the config says weights are packed. */
export function packingOf(config: unknown): Packing {
  const quantization = field(config, 'quantization_config')
  const groups = field(quantization, 'config_groups')
  const weights = field(
    typeof groups === 'object' && groups !== null ? Object.values(groups)[0] : undefined,
    'weights',
  )
  const said = [
    field(quantization, 'bits'),
    field(quantization, 'w_bit'),
    field(weights, 'num_bits'),
  ]
  const bits = said.find(
    (each): each is number => typeof each === 'number' && each > 0 && each <= 16,
  )
  return { bits: bits ?? 4 }
}

const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
