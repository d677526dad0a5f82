/** Devices and weight formats by name: what budgets are stated in. */
import { ArchcostError } from '../architecture/errors.ts'
import { nearest } from '../formulas/nearest.ts'
import { devices } from '../formulas/generated/devices.ts'
import { weightFormats } from '../formulas/generated/weight-formats.ts'
import { serving } from '../formulas/generated/scenarios/serving.ts'
import type { Device, WeightFormat } from '../formulas/data.ts'

export { devices, weightFormats }
export type { Device, WeightFormat }
export { bytesInFormat } from '../architecture/formats.ts'

/** The share of a device's memory that weights and caches may take: the one that the serving scenario states. */
export const shareUsed = serving.defaults['share_used'] as number

/** Bytes that weights and caches may take of so many devices. */
export const usableMemory = ({ memory }: Device, count = 1): number => memory * count * shareUsed

/**
 * A device by its name or by the part of it that only one device has: `H100 SXM`, `l40s`; upper and lower case are one.
 * @param own a device that is none of the known ones, by its name
 * @throws ArchcostError
 */
export function findDevice(text: string, own?: Device): Device {
  const device = own && plain(own.name) === plain(text) ? own : deviceNamed(text)
  if (device) return device
  const near = nearest(
    plain(text),
    devices.map(({ name }) => plain(name)),
  )
  const hint =
    near === null
      ? `known are ${devices.map(({ name }) => name).join(', ')}; one of your own is a number of bytes, or a file (archcost explain --help)`
      : `did you mean ${devices.find(({ name }) => plain(name) === near)!.name}?`
  throw new ArchcostError('invalid_workload', `is not a known device; ${hint}`, text)
}

/** The device that a text names, if it names one. @throws ArchcostError where it may name several */
export function deviceNamed(text: string): Device | undefined {
  const wanted = plain(text)
  if (wanted === '') return undefined
  const exact = devices.find(({ name }) => plain(name) === wanted)
  if (exact) return exact
  const found = devices.filter(({ name }) => plain(name).includes(wanted))
  // L4 is no part of L40S to those who ask for it.
  const whole = found.filter(({ name }) => ` ${plain(name)} `.includes(` ${wanted} `))
  if (whole.length === 1) return whole[0]
  if (found.length <= 1) return found[0]
  const names = found.map(({ name }) => name).join(', ')
  throw new ArchcostError('invalid_workload', `may be ${names}; say which`, text)
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim()
