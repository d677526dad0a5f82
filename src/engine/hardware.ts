/** Devices and weight formats by name: what budgets are stated in. */
import { ArchcostError } from '../architecture/errors.ts'
import { nearest } from '../formulas/nearest.ts'
import { devices, weightFormats } from '../formulas/generated/data.ts'
import type { Device, WeightFormat } from '../formulas/data.ts'

export { devices, weightFormats }
export type { Device, WeightFormat }

/**
 * A device by its name or by the part of it that only one device has: `H100 SXM`, `l40s`; upper and lower case are one.
 * @throws ArchcostError
 */
export function findDevice(text: string): Device {
  const wanted = plain(text)
  const exact = devices.find(({ name }) => plain(name) === wanted)
  if (exact) return exact
  const found = devices.filter(({ name }) => plain(name).includes(wanted))
  if (found.length === 1 && wanted !== '') return found[0]!
  // L4 is no part of L40S to those who ask for it.
  const [whole, ...others] = found.filter(({ name }) => ` ${plain(name)} `.includes(` ${wanted} `))
  if (whole && others.length === 0) return whole
  const names = (found.length > 0 && wanted !== '' ? found : devices).map(({ name }) => name)
  if (found.length > 1 && wanted !== '')
    throw new ArchcostError('invalid_workload', `may be ${names.join(', ')}; say which`, text)
  const near = nearest(wanted, names.map(plain))
  const hint =
    near === null
      ? `known are ${names.join(', ')}, and a number of bytes is one of your own`
      : `did you mean ${names.find((name) => plain(name) === near)!}?`
  throw new ArchcostError('invalid_workload', `is not a known device; ${hint}`, text)
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim()
