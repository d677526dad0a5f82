/** What the tensors of a header take: bytes by type, and the format of each role's weights. */
import { bytesInFormat, type Formats } from '../../architecture/formats.ts'
import type { Counted } from './counted.ts'

/** Of the tensors that a file holds, or of those of one type. */
export interface Amount {
  tensors: number
  /** Numbers that they stand for; each weight of a packed tensor is one. */
  values: number
  bytes: number
}

export interface Stored extends Amount {
  by_type: Record<string, Amount>
}

const nothing: Amount = { tensors: 0, values: 0, bytes: 0 }
const plus = (sum: Amount, { weights, tensor }: Counted): Amount => ({
  tensors: sum.tensors + 1,
  values: sum.values + weights,
  bytes: sum.bytes + tensor.bytes,
})

export function storedIn(counted: readonly Counted[]): Stored {
  const by_type = new Map<string, Amount>()
  for (const each of counted) {
    const { dtype } = each.tensor
    by_type.set(dtype, plus(by_type.get(dtype) ?? nothing, each))
  }
  const sorted = [...by_type].toSorted(([, a], [, b]) => b.bytes - a.bytes)
  return { ...counted.reduce(plus, nothing), by_type: Object.fromEntries(sorted) }
}

/** What decides the format of a weight: the part it belongs to, or that quantisers leave it. */
const formatRole = ({ part, use }: Counted): string =>
  use === 'vector' || use === 'filter' ? 'unquantised' : part

const known: Readonly<Record<string, string>> = { F32: 'fp32', F16: 'fp16', BF16: 'bf16' }

/**
 * The format of each role: its name where all its weights have one, else the bytes that they take on average, so that
 * bytes come out as the file has them.
 * @param counts weights of each role by the formulas, where a document of formulas is meant
 */
export function formatsOf(
  counted: readonly Counted[],
  counts?: Readonly<Record<string, number>>,
): Formats {
  const roles = new Map<string, { weights: number; bytes: number; types: Set<string> }>()
  for (const each of counted) {
    const role = formatRole(each)
    // Scales take room for the weights that they belong to.
    if (each.extra !== null && each.extra !== 'scale') continue
    const sum = roles.get(role) ?? { weights: 0, bytes: 0, types: new Set<string>() }
    sum.bytes += each.tensor.bytes
    sum.types.add(each.tensor.dtype)
    if (each.extra === null) sum.weights += each.weights
    roles.set(role, sum)
  }
  const all = counts ? asCounted(roles, counts) : roles
  const formats = [...all].flatMap(([role, { weights, bytes, types }]): [string, string | number, number][] =>
      weights > 0 && bytes > 0 ? [[role, formatFor(types, bytes / weights), weights]] : []) // prettier-ignore
  return withDefault(formats)
}

interface Sum {
  weights: number
  bytes: number
  types: Set<string>
}

/** Roles of which formulas count as many weights keep their bytes; what the others take is shared by all of them. */
function asCounted(
  roles: ReadonlyMap<string, Sum>,
  counts: Readonly<Record<string, number>>,
): Map<string, Sum> {
  const agreeing = new Map([...roles].filter(([role, { weights }]) => counts[role] === weights))
  const rest = [...roles].filter(([role]) => !agreeing.has(role)).map(([, sum]) => sum)
  const others = Object.keys(counts).filter((role) => counts[role]! > 0 && !agreeing.has(role))
  const weights = others.reduce((sum, role) => sum + counts[role]!, 0)
  const bytes = rest.reduce((sum, each) => sum + each.bytes, 0)
  const types = new Set(rest.flatMap((each) => [...each.types]))
  for (const role of others) agreeing.set(role, { weights, bytes, types })
  return agreeing
}

function formatFor(types: ReadonlySet<string>, bytes: number): string | number {
  const [type] = types
  const name = types.size === 1 ? (known[type!] ?? type!.toLowerCase()) : null
  return name !== null && bytesInFormat(name) === bytes ? name : bytes
}

/** The format of most weights is that of the rest. */
function withDefault(
  formats: readonly (readonly [role: string, format: string | number, weights: number])[],
): Formats {
  const weights = new Map<string | number, number>()
  for (const [, format, count] of formats) weights.set(format, (weights.get(format) ?? 0) + count)
  const [most] = [...weights].toSorted(([, a], [, b]) => b - a)
  if (!most) return { default: 'bf16' }
  const others = formats.filter(([, format]) => format !== most[0])
  return { default: most[0], ...Object.fromEntries(others.map(([role, format]) => [role, format])) }
}
