/** Writes small checkpoints, for what reads only their headers. */
import { truncateSync, writeFileSync } from 'node:fs'
import type { Tensor } from '../../src/import/verify/index.ts'

/** A file with a header of real offsets, and zeros in the place of weights. */
export function writeSafetensors(path: string, some: readonly Tensor[]): void {
  let end = 0
  const places = some.map(({ name, dtype, shape, bytes }) => [
    name,
    { dtype, shape, data_offsets: [end, (end += bytes)] },
  ])
  const header = Buffer.from(
    JSON.stringify({ __metadata__: { format: 'pt' }, ...Object.fromEntries(places) }),
  )
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(header.length))
  writeFileSync(path, Buffer.concat([length, header]))
  truncateSync(path, 8 + header.length + end)
}
