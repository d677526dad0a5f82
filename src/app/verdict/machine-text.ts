/** A machine in a few words. */
import type { Machine } from '../state/session.ts'
import { countOf } from './deployment.ts'

/** `8 × H100 SXM`: makers aside, as people call them. */
export const machineText = (machine: Machine): string =>
  `${countOf(machine)} × ${machine.device.replace(/^NVIDIA (GeForce )?|^AMD Instinct |^Intel |^Google |^AWS /, '')}`
