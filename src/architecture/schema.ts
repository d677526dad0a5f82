/** The architecture document: what a person or an import writes, and `archcost schema` describes. */
import * as z from 'zod'

/** Which layers a rule speaks of, counted from 0: the first or last few, every n-th, or a list. */
export const layerPick = z
  .union([
    z.strictObject({ first: z.int().min(1) }),
    z.strictObject({ last: z.int().min(1) }),
    z.strictObject({ every: z.int().min(1), offset: z.int().min(0).optional() }),
    z.array(z.int().min(0)).min(1),
  ], { error: '{"first": 3}, {"last": 2}, {"every": 6, "offset": 5} or a list of layers is expected' })
  .describe('{"first": 3}, {"last": 2}, {"every": 6, "offset": 5} (layers 5, 11, 17, ...) or a list; counted from 0')
export type LayerPick = z.infer<typeof layerPick>

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

export const blockUse: z.ZodType<BlockUse> = z.lazy(() =>
  z.looseObject({
    block: z.string().min(1),
    name: z.string().min(1).optional(),
    share: z.string().min(1).optional(),
    before: norm.optional(),
    after: norm.optional(),
  }),
)
const norm: z.ZodType<Norm> = z.lazy(() => z.union([z.string().min(1), blockUse, z.null()]))

const body = {
  before: norm.optional(),
  after: norm.optional(),
  share: z.string().min(1).optional(),
  block: z.string().min(1).nullable().optional(),
  blocks: z.array(blockUse).min(1).optional(),
}

/** What differs in some layers: other settings of the same block, another block, or none (`"block": null`). */
export const exception = z.looseObject({ layers: layerPick, ...body })
export type Exception = z.infer<typeof exception>

/** One residual step of a layer: norms around one block, or around several side by side. */
export const sublayer = z.looseObject({
  name: z.string().regex(/^[a-z][a-z0-9_-]*$/, 'a short lower-case name, such as mixer or ffn'),
  ...body,
  except: z.array(exception).optional(),
})
export type Sublayer = z.infer<typeof sublayer>

export const stack = z.strictObject({
  role: z.enum(['decoder', 'encoder']),
  n_layers: z.int().min(0).max(10_000),
  d_model: z.int().min(1).optional().describe('where it differs from the architecture'),
  input: z.array(blockUse),
  layer: z.array(sublayer),
  output: z.array(blockUse),
  depth_routing: z
    .strictObject({
      every: z.int().min(1),
      offset: z.int().min(0).optional(),
      capacity: z.number().gt(0).max(1),
    })
    .optional()
    .describe('mixture of depths: the covered layers see only this share of the tokens'),
})
export type Stack = z.infer<typeof stack>

export const architecture = z.strictObject({
  name: z.string().min(1),
  model_type: z.string().optional(),
  d_model: z.int().min(1),
  max_context: z.int().min(1).describe('the longest context the model is made for'),
  max_source: z.int().min(1).optional().describe('the longest source, in units of the front end'),
  stacks: z.array(stack).min(1).max(2),
})
export type Architecture = z.infer<typeof architecture>
