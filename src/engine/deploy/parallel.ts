/** How a model is cut over the ranks of a deployment, and what cannot be. */
import type { Degrees } from '../../architecture/deployment.ts'
import { ArchcostError } from '../../architecture/errors.ts'

export type { Degrees }

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
