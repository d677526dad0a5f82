/** What the index of the catalogue says of a model, beside its config.json. */
import * as z from 'zod'

/** Values that a checkpoint stores beyond the parameters that archcost counts, with the reason. */
const surplus = z.strictObject({
  count: z.int(),
  why: z.string().min(1),
  /** Of towers, which are counted with the whole model where they are modelled. */
  towers: z.literal(true).optional(),
}) satisfies z.ZodType<Surplus>

export const indexEntry = z.strictObject({
  /** As on the command line; the config.json is configs/<name>.json. */
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  hub: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  /** What sets it apart from another model with the same config.json on the hub. */
  variant: z.string().min(1).optional(),
  /** In which it was first published: its paper, or its weights where they came first. */
  year: z.int().min(2017),
  /** A public copy of the config.json, or what else its values rest on. */
  config_source: z.string().min(1),
  /** A count from elsewhere: of the checkpoint, or else of what the model's code builds. Absent where there is none. */
  published: z
    .strictObject({
      count: z.int().min(1),
      /** What was counted. */
      of: z.string().min(1),
      /** Who states the count. */
      source: z.string().min(1),
      more: z.array(surplus).default([]),
    })
    .optional(),
}) satisfies z.ZodType<IndexEntry>

export interface Surplus {
  count: number
  why: string
  towers?: true | undefined
}
export interface IndexEntry {
  name: string
  hub: string
  variant?: string | undefined
  year: number
  config_source: string
  published?: { count: number; of: string; source: string; more: Surplus[] } | undefined
}
export interface CatalogEntry extends IndexEntry {
  /** What it is called where models are listed: the hub's name without the organisation, and the variant. */
  title: string
  model_type: string
}
