/** A machine in a few words. */
import type { Machine } from '../state/session.ts'
import { countOf } from './deployment.ts'

/** `8 × H100 SXM`. */
export const machineText = (machine: Machine): string =>
  `${countOf(machine)} × ${deviceText(machine)}`

/** `H100 SXM`: makers aside, as people call them. */
export const deviceText = ({ device }: Pick<Machine, 'device'>): string =>
  device.replace(/^NVIDIA (GeForce )?|^AMD Instinct |^Intel |^Google |^AWS /, '')

/** `2 pipeline stages`, `experts over 8`: what is not as usual. */
export const degreesText = ({ pp, dp, cp, ep, dp_attention }: Machine): string[] => [
  ...(pp !== null ? [`${pp} pipeline stages`] : []),
  ...(dp !== null ? [`${dp} data parallel`] : []),
  ...(cp !== null ? [`context over ${cp}`] : []),
  ...(ep !== null ? [`experts over ${ep}`] : []),
  ...(dp_attention ? ['data-parallel attention'] : []),
]
