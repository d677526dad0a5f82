/** Documents in a link: JSON, deflated by the browser, in the letters that URLs leave alone. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  by: CompressionStream | DecompressionStream,
) {
  const stream = new Blob([bytes]).stream().pipeThrough(by)
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

export async function pack(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value))
  const packed = await through(bytes, new CompressionStream('deflate-raw'))
  const text = Array.from(packed, (byte) => String.fromCharCode(byte)).join('')
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** @throws where the text was not made by `pack` */
export async function unpack(text: string): Promise<unknown> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const packed = Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
  const bytes = await through(packed, new DecompressionStream('deflate-raw'))
  return JSON.parse(new TextDecoder().decode(bytes)) as unknown
}
