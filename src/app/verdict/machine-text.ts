/** A machine in a few words. */
import type { Machine } from '../state/session.ts'

/** `8 × H100 SXM`: makers aside, as people call them. */
export const machineText = ({ device, devices }: Machine): string =>
  `${devices} × ${device.replace(/^NVIDIA (GeForce )?|^AMD Instinct |^Intel |^Google |^AWS /, '')}`
