/** Bytes as text, or where they are none. */
import { isUtf8 } from 'node:buffer'

export type Read = { text: string } | { mistake: string }

/** @param what what the bytes are called in a message: `the line` */
export function readUtf8(bytes: Buffer, what: string): Read {
  if (isUtf8(bytes)) return { text: bytes.toString('utf8') }
  const at = firstBad(bytes)
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  return {
    mistake: `${what} is not UTF-8: byte ${at + 1} is 0x${bytes[at]!.toString(16).padStart(2, '0')}${wide ? ', as in UTF-16; save it as UTF-8' : ''}`,
  }
}

const replacement = '\uFFFD'
const asBytes = Buffer.from(replacement)

/** The first byte that is read as a replacement character without being part of one. */
function firstBad(bytes: Buffer): number {
  const text = bytes.toString('utf8')
  let at = 0
  for (let begin = 0; ;) {
    const end = text.indexOf(replacement, begin)
    at += Buffer.byteLength(text.slice(begin, end))
    if (!asBytes.equals(bytes.subarray(at, at + asBytes.length))) return at
    at += asBytes.length
    begin = end + 1
  }
}
