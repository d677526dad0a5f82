/** Documents in a link: JSON, deflated by the browser, in the letters that URLs leave alone. */

/** Bytes that a link may carry, and what they may unfold to: far above any architecture, and read in an instant. */
const packedAtMost = 64_000
const unpackedAtMost = 4_000_000

const tooLong = 'its document is longer than the 64 kB that a link may carry'

/** @throws Error that says so where the value is larger than a link may carry */
export async function pack(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value))
  const packed = await readAtMost(
    through(bytes, new CompressionStream('deflate-raw')),
    packedAtMost,
    tooLong,
  )
  const text = Array.from(packed, (byte) => String.fromCharCode(byte)).join('')
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** @throws Error that says whether the text is too long, unfolds to too much, or was not made by `pack` */
export async function unpack(text: string): Promise<unknown> {
  // Four letters hold three bytes.
  if (text.length * 3 > packedAtMost * 4) throw new Error(tooLong)
  const unfolded = await readAtMost(
    through(decoded(text), new DecompressionStream('deflate-raw')),
    unpackedAtMost,
    'its document unfolds to more than 4 MB',
  )
  return sound(() => JSON.parse(new TextDecoder().decode(unfolded)) as unknown)
}

const decoded = (text: string): Uint8Array<ArrayBuffer> =>
  sound(() =>
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    ),
  )

const damaged = (cause: unknown): Error =>
  new Error('its document is damaged, or was cut off', { cause })

function sound<Read>(read: () => Read): Read {
  try {
    return read()
  } catch (error) {
    throw damaged(error)
  }
}

const through = (
  bytes: Uint8Array<ArrayBuffer>,
  by: CompressionStream | DecompressionStream,
): ReadableStreamDefaultReader<Uint8Array> => new Blob([bytes]).stream().pipeThrough(by).getReader()

/** Counted while it comes: what a few bytes unfold to is never held beyond the limit. */
async function readAtMost(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  most: number,
  beyond: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw damaged(error)
    })
    if (done) return new Uint8Array(await new Blob(pieces).arrayBuffer())
    size += value.byteLength
    if (size > most) {
      void reader.cancel()
      throw new Error(beyond)
    }
    pieces.push(value as Uint8Array<ArrayBuffer>)
  }
}
