/** A model that is known by its tensors -> an architecture document that lists their weights. */
import { ArchcostError } from '../../architecture/errors.ts'
import type { Architecture, BlockUse, Stack, Sublayer } from '../../architecture/schema.ts'
import { formatExact } from '../../engine/numbers.ts'
import { byKind } from '../layers.ts'
import type { Note } from '../report.ts'
import { coreOf } from './core.ts'
import type { Counted } from './counted.ts'
import type { Known } from './known.ts'
import type { Part } from './part.ts'
import { isStacked, listUses, type Experts } from './uses.ts'

export interface Listed {
  architecture: Architecture
  notes: Note[]
}

const sublayers: readonly (readonly [name: string, parts: readonly Part[]])[] = [
  ['mixer', ['attention', 'state', 'position']],
  ['ffn', ['ffn', 'experts', 'shared_experts', 'router']],
  ['rest', ['embedding', 'head', 'norm', 'other']],
]
const allParts = sublayers.flatMap(([, parts]) => parts)
/** Where nothing says how long a context the model is made for. */
const usual_context = 131_072
const most_layers = 10_000

/** @throws ArchcostError where no tensor is a parameter */
export function listDocument(all: readonly Counted[], known: Known): Listed {
  const counted = all.filter(({ extra }) => extra === null)
  if (counted.length === 0)
    throw new ArchcostError('invalid_config', 'the header lists no tensor of a model')
  const notes: Note[] = [...known.notes]
  const d_model = known.d_model ?? widthOf(counted)
  const roles = rolesOf(counted, known)
  const experts = expertsOf(counted, known, notes)
  const unknown = new Set<string>()
  const stacks = roles.map((role): Stack => {
    const here = counted.filter((each) => roles.length === 1 || stackOf(each) === role)
    return listStack(role, here, roles.length === 2, { known, d_model, experts, unknown, all: counted }) // prettier-ignore
  })
  if (stacks[0]!.layer.some((each) => JSON.stringify(each).includes('recurrent-core')))
    notes.push({
      level: 'info',
      text: 'How recurrent layers update their state is not known from a header; the FLOPs of their scans are not counted.',
    })
  notes.push({
    level: 'info',
    text: 'FLOPs are those of the matrices that are listed, each multiplied once with every token, and of attention over keys as wide as its matrices make them; elementwise work and activations are not known.',
  })
  noteEmptyLayers(counted, known, notes)
  const decodes = roles.includes('decoder')
  const nothing_kept = decodes && !stacks.some(keepsSomething)
  if (nothing_kept && unknown.size === 0)
    unknown.add('no tensor of the header is known to make keys, values or a state')
  const why = decodes ? [...unknown][0] : undefined
  if (why !== undefined)
    notes.push({
      level: 'warning',
      text: `The cache is not known: ${why}. FLOPs of attention are those of layers that see every token.`,
    })
  const tied = stacks.some(({ output }) => output.some(({ block, tied: is }) => block === 'output-head' && is)) // prettier-ignore
  if (tied)
    notes.push({
      level: 'info',
      text: 'No output head is listed; the token table is taken to be the head too.',
    })
  if (known.max_context === undefined)
    notes.push({
      level: 'info',
      text: `The longest context is not said; ${formatExact(usual_context)} is taken.`,
    })
  return {
    architecture: {
      name: known.name,
      ...(known.model_type !== undefined && { model_type: known.model_type }),
      d_model,
      max_context: known.max_context ?? usual_context,
      ...(why !== undefined && { cache_unknown: why }),
      stacks,
    },
    notes,
  }
}

/** A header that was cut, or one part of several, would be read as a smaller model. */
function noteEmptyLayers(
  counted: readonly Counted[],
  { n_layers = 0 }: Known,
  notes: Note[],
): void {
  const listed = new Set(
    counted.flatMap(({ place }) => (place.of === 'layer' ? [place.layer] : [])),
  )
  const missing = Math.max(0, n_layers - listed.size)
  if (missing > 0)
    notes.push({
      level: 'warning',
      text: `The header lists no tensors for ${formatExact(missing)} of ${formatExact(n_layers)} layers; the file is not whole, or layers share weights, and their work is not counted.`,
    })
}

const keepsSomething = ({ layer }: Stack): boolean => /"(attention|latent|recurrent)-core"/.test(JSON.stringify(layer)) // prettier-ignore

/** The width of most norms, or of the token table. */
function widthOf(counted: readonly Counted[]): number {
  const table = counted.find(
    ({ part, tensor }) => part === 'embedding' && tensor.shape.length === 2,
  )
  const sizes = new Map<number, number>()
  for (const { part, weights } of counted)
    if (part === 'norm') sizes.set(weights, (sizes.get(weights) ?? 0) + 1)
  const [most] = [...sizes].toSorted(([, a], [, b]) => b - a)
  return most?.[0] ?? table?.tensor.shape[1] ?? counted[0]!.tensor.shape.at(-1) ?? 1
}

function stackOf({ place, tensor }: Counted): 'encoder' | 'decoder' {
  if (place.of === 'layer' && place.stack !== null) return place.stack
  return /(^|\.)(enc|encoder)\./.test(tensor.name) ? 'encoder' : 'decoder'
}

function rolesOf(counted: readonly Counted[], { role }: Known): ('encoder' | 'decoder')[] {
  const named = new Set(counted.flatMap(({ place }) => (place.of === 'layer' && place.stack !== null ? [place.stack] : []))) // prettier-ignore
  if (named.size === 2) return ['encoder', 'decoder']
  const masked = counted.some(({ tensor }) => /(^|\.)cls\.predictions\./.test(tensor.name))
  const is_encoder =
    masked || (named.has('encoder') && !counted.some(({ part }) => part === 'head'))
  return [role ?? (is_encoder ? 'encoder' : 'decoder')]
}

/** How many experts there are, and how many a token uses. */
function expertsOf(counted: readonly Counted[], known: Known, notes: Note[]): Experts | null {
  const of_experts = counted.filter(({ part }) => part === 'experts')
  if (of_experts.length === 0) return null
  const apart = of_experts.map(({ inside }) => Number(/experts\.(\d+)\./.exec(inside)?.[1] ?? NaN))
  const stacked = of_experts.map((each) => (isStacked(each) ? each.tensor.shape[0]! : 0))
  const listed = apart.some((each) => each >= 0) ? Math.max(...apart.filter((each) => each >= 0)) + 1 : Math.max(...stacked) // prettier-ignore
  const n_experts = known.n_experts || listed || 1
  if (known.top_k) return { n_experts, top_k: Math.min(known.top_k, n_experts) }
  notes.push({
    level: 'warning',
    text: `How many of ${formatExact(n_experts)} experts a token uses is not said; active parameters, FLOPs and reads are those of all, which is more than any token uses.`,
  })
  return { n_experts, top_k: n_experts }
}

interface Context {
  known: Known
  d_model: number
  experts: Experts | null
  unknown: Set<string>
  all: readonly Counted[]
}

function listStack(
  role: 'encoder' | 'decoder',
  here: readonly Counted[],
  two: boolean,
  context: Context,
): Stack {
  const { known, d_model, experts, unknown } = context
  const byLayer = new Map<number, Counted[]>()
  for (const each of here) {
    if (each.place.of !== 'layer') continue
    const inside = byLayer.get(each.place.layer)
    if (inside) inside.push(each)
    else byLayer.set(each.place.layer, [each])
  }
  const highest = Math.max(-1, ...byLayer.keys()) + 1
  const n_layers = two ? highest : Math.max(highest, known.n_layers ?? 0)
  if (n_layers > most_layers)
    throw new ArchcostError('invalid_config', `the header names ${formatExact(n_layers)} layers, more than any model has`) // prettier-ignore
  const kinds = Array.from({ length: n_layers }, (_, layer) => {
    const inside = byLayer.get(layer) ?? []
    const core = coreOf(layer, inside, known, d_model, false)
    const cross = two && role === 'decoder' ? coreOf(layer, inside, known, d_model, true).uses : []
    if (core.unknown !== null) unknown.add(core.unknown)
    // What such a layer calls attention makes what its state takes in.
    const parts = core.recurrent && !core.attends ? inside.map((each) => (each.part === 'attention' ? { ...each, part: 'state' as const } : each)) : inside // prettier-ignore
    return sublayers.map(([name, of]) => {
      const cores = name === 'mixer' ? [...core.uses, ...cross] : []
      const uses = [...cores, ...listUses(parts, of, experts)]
      return JSON.stringify(uses.length === 0 ? { block: null } : { blocks: uses })
    })
  })
  const layer = sublayers.flatMap(([name], index): Sublayer[] => {
    const bodies = kinds.map((kind) => kind[index]!)
    if (bodies.every((body) => body === '{"block":null}')) return []
    return [{ name, ...byKind(bodies, (body) => JSON.parse(body) as { blocks: BlockUse[] }) }]
  })
  return { role, n_layers: kinds.length, ...endsOf(role, here, two, context), layer }
}

/** What stands before and after the layers. */
function endsOf(
  role: 'encoder' | 'decoder',
  here: readonly Counted[],
  two: boolean,
  { known, d_model, experts, all }: Context,
): Pick<Stack, 'input' | 'output'> {
  const ends = here.filter(({ place }) => place.of !== 'layer')
  const isTable = ({ use, tensor }: Counted): boolean => use !== 'vector' && tensor.shape.length === 2 && tensor.shape[1] === d_model // prettier-ignore
  const table = (two ? all : ends).find((each) => each.place.of === 'embedding' && isTable(each))
  // A dense layer before it may be as wide, but has no row for every token.
  const isHead = (each: Counted): boolean =>
    each.part === 'head' && isTable(each) && each.tensor.shape[0] === table?.tensor.shape[0]
  const head = ends.find(isHead)
  const others = ends.filter((each) => each !== table && each !== head)
  const scores =
    role === 'decoder' || known.scores === true || others.some(({ part }) => part === 'head')
  // A head of another vocabulary than the table's.
  const isLarge = (each: Counted): boolean =>
    each.part === 'head' && isTable(each) && each.tensor.shape[0]! > d_model
  // What stands last takes over what the first block says, so without a table all stands last.
  const isFirst = ({ part }: Counted): boolean =>
    table !== undefined && part !== 'norm' && part !== 'head' && part !== 'other'
  const [before, after] = [true, false].map((first) =>
    listUses(
      others.filter((each) => isFirst(each) === first),
      allParts,
      experts,
    ),
  )
  const [input, output] = [before!, after!]
  if (table)
    input.unshift({
      block: 'token-embedding',
      vocab_size: table.tensor.shape[0]!,
      ...(two && { share: 'tokens' }),
    })
  if (head) output.push({ block: 'output-head', vocab_size: head.tensor.shape[0]! })
  else if (table && scores && !others.some(isLarge))
    output.push({ block: 'output-head', tied: true })
  return { input, output }
}
