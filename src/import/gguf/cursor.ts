/** Reads numbers and texts one after the other, little-endian. */

/** There are fewer bytes than were to be read. */
export class EndOfBytes extends Error {
  override name = 'EndOfBytes'
}

export class Cursor {
  readonly #view: DataView
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get at(): number {
    return this.#at
  }

  /** @returns where the bytes passed over begin */
  skip(length: number): number {
    const start = this.#at
    if (!(length >= 0) || start + length > this.#bytes.byteLength) throw new EndOfBytes()
    this.#at += length
    return start
  }

  u8 = (): number => this.#view.getUint8(this.skip(1))
  i8 = (): number => this.#view.getInt8(this.skip(1))
  u16 = (): number => this.#view.getUint16(this.skip(2), true)
  i16 = (): number => this.#view.getInt16(this.skip(2), true)
  u32 = (): number => this.#view.getUint32(this.skip(4), true)
  i32 = (): number => this.#view.getInt32(this.skip(4), true)
  f32 = (): number => this.#view.getFloat32(this.skip(4), true)
  f64 = (): number => this.#view.getFloat64(this.skip(8), true)
  /** Above 2^53 the last digits are lost, and nothing here is so large. */
  u64 = (): number => Number(this.#view.getBigUint64(this.skip(8), true))
  i64 = (): number => Number(this.#view.getBigInt64(this.skip(8), true))

  text(length: number): string {
    const start = this.skip(length)
    return new TextDecoder().decode(this.#bytes.subarray(start, start + length))
  }

  /** A text after its length. */
  string = (): string => this.text(this.u64())
}
