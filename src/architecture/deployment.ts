/** The deployment document: where a model runs, how it is cut, in which formats and under which runtime. */
import * as z from 'zod/mini'
import type { Formats } from './formats.ts'
import { ArchcostError } from './errors.ts'

const degree = z.int().check(z.minimum(1), z.maximum(1e6))
const text = z.string().check(z.minLength(1), z.maxLength(200))
const formats = z.record(z.string(), z.union([z.string(), z.number()]))

/** Degrees as they are said; those left out follow. */
export interface Degrees {
  /** Tensor parallelism: heads and widths are cut. */
  tp?: number | undefined
  /** Pipeline parallelism: layers in a row form a stage. */
  pp?: number | undefined
  /** Data parallelism: whole copies, each with sequences of its own; experts may be spread over them. */
  dp?: number | undefined
  /** Expert parallelism: experts are shared out. */
  ep?: number | undefined
  /** Expert tensor parallelism: each expert is cut in width. */
  etp?: number | undefined
  /** Context parallelism: the tokens of a growing cache are shared out. */
  cp?: number | undefined
  /** Attention is data-parallel and experts are not: they are spread over all ranks of a stage. */
  dp_attention?: boolean | undefined
}

export interface Deployment {
  /** Its name, or the bytes of its memory. */
  device?: string | number | undefined
  devices?: number | undefined
  parallel?: Degrees | undefined
  formats?:
    | {
        weights?: string | number | Formats | undefined
        /** By what a part of the cache holds; `default` for all others. */
        cache?: string | number | Formats | undefined
        /** What matrix products are computed in, by kind of work; `default` for all others. Sixteen bits unless said. */
        compute?: string | Readonly<Record<string, string>> | undefined
      }
    | undefined
  /** `none`, or its name with settings of its own. */
  runtime?: string | { name: string; [setting: string]: string | number | boolean } | undefined
  request?:
    | { input?: number | undefined; output?: number | undefined; cached?: number | undefined }
    | undefined
}

const parallel = z.strictObject({
  tp: z.optional(degree),
  pp: z.optional(degree),
  dp: z.optional(degree),
  ep: z.optional(degree),
  etp: z.optional(degree),
  cp: z.optional(degree),
  dp_attention: z.optional(z.boolean()),
})
/** All that a deployment says of how a model is cut. */
export const degreeNames: readonly string[] = Object.keys(parallel.shape)

const said = z.optional(z.union([text, z.number().check(z.gt(0)), formats]))
export const deploymentDocument = z.strictObject({
  device: z
    .optional(z.union([text, z.number().check(z.gte(1))]))
    .check(z.describe('a name, such as H100 SXM, or bytes of memory')),
  devices: z.optional(degree),
  parallel: z.optional(parallel),
  formats: z.optional(
    z.strictObject({
      weights: said,
      cache: said,
      compute: z.optional(z.union([text, z.record(z.string(), text)])),
    }),
  ),
  runtime: z
    .optional(
      z.union([
        text,
        z.catchall(z.object({ name: text }), z.union([z.string(), z.number(), z.boolean()])),
      ]),
    )
    .check(z.describe('none, or vllm, llama-cpp and so on, with settings of its own')),
  request: z
    .optional(
      z.strictObject({
        input: z.optional(z.int().check(z.minimum(1))),
        output: z.optional(z.int().check(z.minimum(0))),
        cached: z.optional(z.int().check(z.minimum(0))),
      }),
    )
    .check(z.describe('tokens; the context is cached + input + output')),
}) satisfies z.ZodMiniType<Deployment>

/** @throws ArchcostError `invalid_deployment` that names the key, what was found and what is expected */
export function checkDeployment(json: unknown): Deployment {
  const checked = deploymentDocument.safeParse(json)
  if (checked.success) return checked.data
  const { path, message } = checked.error.issues[0]!
  throw new ArchcostError('invalid_deployment', message, path.join('.') || 'deployment')
}
