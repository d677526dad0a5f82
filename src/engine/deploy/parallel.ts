/** How a model is cut over the ranks of a deployment, and what cannot be. */
import { ArchcostError } from '../../architecture/errors.ts'

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

export interface Parallel {
  devices: number
  tp: number
  pp: number
  dp: number
  ep: number
  etp: number
  cp: number
  dp_attention: boolean
  /** What was taken for degrees that were not said. */
  note: string | null
}

export const oneDevice: Parallel = {
  devices: 1, tp: 1, pp: 1, dp: 1, ep: 1, etp: 1, cp: 1, dp_attention: false, note: null,
} // prettier-ignore

/**
 * Completes degrees for a number of devices: without any of tp, pp, dp and cp all devices make up tp, or dp where attention
 * is data-parallel.
 * @param devices left out, it is the product of the degrees
 * @throws ArchcostError `invalid_deployment` on degrees that do not go together
 */
export function completeParallel(degrees: Degrees, devices?: number): Parallel {
  const { dp_attention = false } = degrees
  for (const [name, degree] of Object.entries(degrees))
    if (typeof degree === 'number' && !(Number.isSafeInteger(degree) && degree >= 1))
      refuse(name, `${degree} is no degree; a whole number from 1 is`)
  const unsaid = [degrees.tp, degrees.pp, degrees.dp, degrees.cp].every(
    (degree) => degree === undefined,
  )
  const all = devices ?? 1
  const taken = unsaid && all > 1 ? (dp_attention ? { dp: all } : { tp: all }) : {}
  const { tp = 1, pp = 1, dp = 1, cp = 1 } = { ...degrees, ...taken }
  const ranks = tp * cp * pp * dp
  if (devices !== undefined && ranks !== devices)
    refuse(
      'devices',
      `${devices} are not tp ${tp} * cp ${cp} * pp ${pp} * dp ${dp} = ${ranks}; say degrees whose product is the number of devices`,
    )
  if (dp_attention && dp === 1)
    refuse('dp_attention', 'needs several data-parallel ranks; say dp, as in dp: 8')
  const { ep = 1 } = degrees
  const spread = tp * dp
  const { etp = ep > 1 ? 1 : dp_attention ? spread : tp } = degrees
  if (spread % (ep * etp) !== 0)
    refuse(
      'ep',
      `experts go to ep ${ep} * etp ${etp} = ${ep * etp} ranks, which does not divide the ${spread} of tp ${tp} * dp ${dp}`,
    )
  const [name] = Object.keys(taken)
  return {
    devices: ranks, tp, pp, dp, ep, etp, cp, dp_attention,
    note: name === undefined ? null : `the ${all} devices are taken as ${name} ${all}`,
  } // prettier-ignore
}

export function refuse(path: string, problem: string): never {
  throw new ArchcostError('invalid_deployment', problem, path)
}
