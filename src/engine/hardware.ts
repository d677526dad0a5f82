/** Devices by name: what budgets are stated in. */
import { ArchcostError } from '../architecture/errors.ts'
import { nearest } from '../formulas/nearest.ts'
import { devices } from '../formulas/generated/devices.ts'
import type { Device } from '../formulas/data.ts'

export { devices }
export type { Device }

/**
 * A device by its name, by another that it goes by, or by words that only one device has: `H100 SXM`, `l40s`,
 * `a100 pcie 40gb`; upper and lower case are one.
 * @param own a device that is none of the known ones, by its name
 * @throws ArchcostError
 */
export function findDevice(text: string, own?: Device): Device {
  const device = own && plain(own.name) === plain(text) ? own : deviceNamed(text)
  if (device) return device
  const named = known.flatMap(({ device: each, names }) => names.map((name) => ({ name, each })))
  const near = nearest(
    plain(text),
    named.map(({ name }) => name),
  )
  const hint =
    near === null
      ? `known are ${devices.map(({ name }) => name).join(', ')}; one of your own is a number of bytes, or a file (archcost explain --help)`
      : `did you mean ${named.find(({ name }) => name === near)!.each.name}?`
  throw new ArchcostError('invalid_workload', `is not a known device; ${hint}`, text)
}

/** The device that a text names, if it names one. @throws ArchcostError where it may name several */
export function deviceNamed(text: string): Device | undefined {
  const wanted = plain(text)
  if (wanted === '') return undefined
  const exact = known.find(({ names }) => names.includes(wanted))
  if (exact) return exact.device
  const words = wanted.split(' ')
  // L4 is no part of L40S to those who ask for it.
  const whole = known.filter((each) => words.every((word) => each.words.has(word)))
  const found = whole.length > 0 ? whole : known.filter(({ names }) => names[0]!.includes(wanted))
  if (found.length <= 1) return found[0]?.device
  const names = found.map(({ device }) => device.name).join(', ')
  throw new ArchcostError('invalid_workload', `may be ${names}; say which`, text)
}

/** Whether a word stands in the name of a device. */
export const isWordOfDevice = (text: string): boolean =>
  known.some(({ names }) => names[0]!.split(' ').includes(plain(text)))

/** `80 GB` is one word, as `80gb` is. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .replaceAll(/(\d) ?gi?b\b/g, '$1gb')
    .trim()

/** Devices by what they are found by: the name first, and words of all names and of the memory, such as `80gb`. */
const known = devices.map((device) => {
  const names = [device.name, ...(device.also ?? [])].map(plain)
  const size = `${Math.round(device.memory / 2 ** 30)}gb`
  return { device, names, words: new Set([...names.flatMap((name) => name.split(' ')), size]) }
})
