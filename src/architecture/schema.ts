/** The architecture document: what a person or an import writes, and `archcost schema` describes. Its types are written out, since users of the library have no zod. */
import { towerRoles, type TowerRole } from '../formulas/index.ts'
import type { Formats } from './formats.ts'
import { en } from 'zod/locales'
import * as z from 'zod/mini'

// The small build says nothing but "Invalid input" until it is given a language.
z.config(en())

const text = z.string().check(z.minLength(1))
const short = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9_-]*$/, 'a short lower-case name, such as mixer or ffn,'))
const atLeast = (least: number) => z.int().check(z.minimum(least))

/** Which layers a rule speaks of, counted from 0: the first or last few, every n-th, or a list. */
const layerPick = z
  .union(
    [
      z.strictObject({ first: atLeast(1) }),
      z.strictObject({ last: atLeast(1) }),
      z.strictObject({ every: atLeast(1), offset: z.optional(atLeast(0)) }),
      z.array(atLeast(0)).check(z.minLength(1)),
    ],
    {
      error: '{"first": 3}, {"last": 2}, {"every": 6, "offset": 5} or a list of layers is expected',
    },
  )
  .check(
    z.describe(
      '{"first": 3}, {"last": 2}, {"every": 6, "offset": 5} (layers 5, 11, 17, ...) or a list; counted from 0',
    ),
  )
export type LayerPick =
  | { first: number }
  | { last: number }
  | { every: number; offset?: number | undefined }
  | number[]

/** A block with its settings; the settings' names depend on the block, and are checked against its formula file. */
export interface BlockUse {
  block: string
  /** Names it among blocks side by side, or a position encoding among kinds of layers. */
  name?: string | undefined
  /** Blocks of the same name here are stored once, wherever they are applied. */
  share?: string | undefined
  before?: Norm | undefined
  after?: Norm | undefined
  [setting: string]: unknown
}
export type Norm = string | BlockUse | null

export const blockUse: z.ZodMiniType<BlockUse> = z.lazy(() =>
  z.looseObject({
    block: text,
    name: z.optional(short),
    share: z.optional(text),
    before: z.optional(norm),
    after: z.optional(norm),
  }),
)
const norm: z.ZodMiniType<Norm> = z.lazy(() => z.union([text, blockUse, z.null()]))

/** What a sublayer and its exceptions hold; settings of the block stand beside these keys. */
interface Body {
  before?: Norm | undefined
  after?: Norm | undefined
  share?: string | undefined
  block?: string | null | undefined
  blocks?: BlockUse[] | undefined
  [setting: string]: unknown
}
const body = {
  before: z.optional(norm),
  after: z.optional(norm),
  share: z.optional(text),
  block: z.optional(z.nullable(text)),
  blocks: z.optional(z.array(blockUse).check(z.minLength(1))),
}

/** What differs in some layers: other settings of the same block, another block, or none (`"block": null`). */
export const exception = z.looseObject({ layers: layerPick, ...body })
export interface Exception extends Body {
  layers: LayerPick
}

/** One residual step of a layer: norms around one block, or around several side by side. */
export const sublayer = z.looseObject({
  name: short,
  ...body,
  except: z.optional(z.array(exception)),
})
export interface Sublayer extends Body {
  name: string
  except?: Exception[] | undefined
}

const layers = {
  n_layers: atLeast(0).check(z.maximum(10_000)),
  d_model: z.optional(atLeast(1)).check(z.describe('where it differs from the architecture')),
  input: z.array(blockUse),
  layer: z.array(sublayer),
  output: z.array(blockUse),
  depth_routing: z
    .optional(
      z.strictObject({
        every: atLeast(1),
        offset: z.optional(atLeast(0)),
        capacity: z.number().check(z.gt(0), z.maximum(1)),
      }),
    )
    .check(z.describe('mixture of depths: the covered layers see only this share of the tokens')),
}
const stack = z.strictObject({ role: z.enum(['decoder', 'encoder']), ...layers })

/** A stack that stands beside the language model and hands over what it makes of an image or of sound. */
const tower = z.strictObject({
  role: z.enum(towerRoles),
  name: z.optional(short).check(z.describe('tells towers of one role apart; its role unless said')),
  feeds: z
    .optional(short)
    .check(z.describe('the tower, or the encoder or decoder, that is given what it makes')),
  ...layers,
})

/** Layers that may follow the last one of the decoder, and are counted where that is asked for. */
const extraModule = z.strictObject({
  name: short,
  n_layers: atLeast(1).check(z.maximum(100)),
  layer: z.array(sublayer).check(z.minLength(1)),
})
export interface ExtraModule {
  name: string
  n_layers: number
  layer: Sublayer[]
}

/** Blocks in layers, and what stands before and after them. */
export interface Layers {
  n_layers: number
  d_model?: number | undefined
  input: BlockUse[]
  layer: Sublayer[]
  output: BlockUse[]
  depth_routing?: { every: number; offset?: number | undefined; capacity: number } | undefined
}
export interface Stack extends Layers {
  role: 'decoder' | 'encoder'
}
export interface Tower extends Layers {
  role: TowerRole
  name?: string | undefined
  feeds?: string | undefined
}

export const architecture = z.strictObject({
  name: text,
  model_type: z.optional(z.string()),
  d_model: atLeast(1),
  max_context: atLeast(1).check(z.describe('the longest context the model is made for')),
  max_source: z
    .optional(atLeast(1))
    .check(z.describe('the longest source, in units of the front end')),
  weights: z
    .optional(z.record(z.string(), z.union([z.string(), z.number()])))
    .check(
      z.describe(
        'formats that the weights are published in, by role: {"experts": "mxfp4", "default": "bf16"}; bf16 if left out',
      ),
    ),
  states: z
    .optional(z.union([z.string(), z.number()]))
    .check(
      z.describe(
        'format that the model asks to have its recurrent states kept in, as fp32; where left out it leaves that to what runs it',
      ),
    ),
  cache_unknown: z
    .optional(text)
    .check(
      z.describe(
        'why it is not known what the model keeps of its tokens; a decode step and the cache are null then',
      ),
    ),
  stacks: z.array(stack).check(z.minLength(1), z.maxLength(2)),
  towers: z
    .optional(z.array(tower).check(z.minLength(1), z.maxLength(20)))
    .check(z.describe('what turns images and sound into tokens of the stacks')),
  unmodelled_towers: z
    .optional(z.array(z.enum(towerRoles)).check(z.minLength(1)))
    .check(z.describe('kinds of towers that the model has and that are not described here')),
  extra: z
    .optional(z.array(extraModule).check(z.minLength(1), z.maxLength(20)))
    .check(
      z.describe(
        'modules beside the model, such as mtp for multi-token prediction, that are counted where that is asked for',
      ),
    ),
}) satisfies z.ZodMiniType<Architecture>
export interface Architecture {
  name: string
  model_type?: string | undefined
  d_model: number
  max_context: number
  max_source?: number | undefined
  weights?: Formats | undefined
  states?: string | number | undefined
  cache_unknown?: string | undefined
  stacks: Stack[]
  towers?: Tower[] | undefined
  unmodelled_towers?: TowerRole[] | undefined
  extra?: ExtraModule[] | undefined
}
