/** `archcost`: architectures and what they cost, number by number and opened down to equations. */
export * from '../engine/index.ts'
export * from '../engine/explanations.ts'
export { derivationLatex, derivationPython, derivationText } from '../engine/print/derivation.ts'
export { devices, findDevice, type Device } from '../engine/hardware.ts'
export { formatBytes, formatExact, formatShort, formatSi } from '../engine/numbers.ts'
export { NumberError, parseNumber, parseQuantity } from '../engine/read-number.ts'
