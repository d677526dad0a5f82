/** A device that a person names or describes: known, in a file, or said in place. */
import { findDevice, type Device } from '../engine/hardware.ts'
import { parseNumber } from '../engine/read-number.ts'
import type { OptionSpec } from './command.ts'
import { CommandError, UsageError } from './errors.ts'
import { readText } from './read-text.ts'

const inPlace = 'memory=80GiB,bandwidth=3TB,peak=989e12'

export const deviceOption: OptionSpec = {
  value: '"H100 SXM"',
  about: `what a roofline is for: a name, a file as an entry of formulas/hardware.yaml, or ${inPlace}`,
}

/** @throws UsageError, CommandError, ArchcostError */
export async function readDevice(text: string): Promise<Device> {
  if (/\.(ya?ml|json)$/i.test(text)) return fromFile(text)
  return text.includes('=') ? saidInPlace(text) : findDevice(text)
}

async function fromFile(file: string): Promise<Device> {
  // Its checks are loaded only where they are needed.
  const { readOwnDevice } = await import('../formulas/data.ts')
  const text = await readText(file)
  try {
    return readOwnDevice({ file, text })
  } catch (error) {
    throw new CommandError((error as Error).message)
  }
}

function saidInPlace(text: string): Device {
  const said = new Map(
    text
      .split(',')
      .map((part) => part.split('=', 2).map((each) => each.trim()) as [string, string]),
  )
  const read = (key: string): number => {
    const value = said.get(key)
    if (value === undefined)
      throw new UsageError(
        `a device says memory, bandwidth and peak, as in ${inPlace}; "${text}" has no ${key}`,
      )
    said.delete(key)
    return number(key, value)
  }
  const memory = read('memory')
  const device = {
    name: text,
    memory,
    visible: said.has('visible') ? read('visible') : memory,
    bandwidth: read('bandwidth'),
    peak: { bf16: read('peak') },
  }
  const [other] = said.keys()
  if (other !== undefined)
    throw new UsageError(`a device says memory, visible, bandwidth and peak, not ${other}`)
  return device
}

function number(what: string, text: string): number {
  try {
    return parseNumber(text, { what, unit: 'byte', min: 1 })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}
