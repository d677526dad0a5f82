/** What the header of a GGUF file says of its model, under the names of its architecture. */
import { ArchcostError } from '../../architecture/errors.ts'
import { factorTensors, type GgufHeader, type GgufValue } from './header.ts'

/** More layers than any model has; a broken file must not fill the memory. */
const most = 10_000

export class Facts {
  readonly architecture: string
  readonly #header: GgufHeader

  constructor(header: GgufHeader) {
    this.#header = header
    const architecture = header.values.get('general.architecture')
    if (typeof architecture !== 'string')
      throw new ArchcostError(
        'invalid_config',
        'is missing; the file does not say what it is',
        'general.architecture',
      )
    this.architecture = architecture
  }

  get name(): string | undefined {
    const name = this.#header.values.get('general.name')
    return typeof name === 'string' && name.trim() !== '' ? name : undefined
  }

  #value(key: string): GgufValue | undefined {
    return this.#header.values.get(`${this.architecture}.${key}`)
  }

  /** A number, the same in all layers where it is said for each. */
  number(key: string): number | undefined {
    const value = this.#value(key)
    const all = Array.isArray(value) ? (value as readonly GgufValue[]) : [value]
    if (all.some((each) => each !== all[0])) {
      throw new ArchcostError(
        'unsupported',
        'differs from layer to layer, which is not read from a GGUF file; use the config.json',
        `${this.architecture}.${key}`,
      )
    }
    return typeof all[0] === 'number' ? all[0] : undefined
  }

  /** @throws ArchcostError where it is missing */
  needed(key: string): number {
    const value = this.number(key)
    if (value === undefined)
      throw new ArchcostError(
        'invalid_config',
        'is missing; the model cannot be read without it',
        `${this.architecture}.${key}`,
      )
    return value
  }

  text(key: string): string | undefined {
    const value = this.#value(key)
    return typeof value === 'string' ? value : undefined
  }

  /** Whether the file holds a tensor; undefined where it lists none, so that it does not say. */
  has(tensor: string): boolean | undefined {
    const { tensors } = this.#header
    return tensors.length === 0 ? undefined : tensors.some(({ name }) => name === tensor)
  }

  lacks(tensor: string): boolean | undefined {
    const found = this.has(tensor)
    return found === undefined ? undefined : !found
  }

  /** A value for each of some layers, whether it is said once or for each; undefined where it is not said. */
  perLayer(key: string, layers: number): GgufValue[] | undefined {
    const value = this.#value(key)
    if (value === undefined) return undefined
    const all = Array.isArray(value) ? (value as readonly GgufValue[]) : null
    return Array.from({ length: Math.min(layers, most) }, (_, layer) =>
      all ? (all[layer] ?? 0) : value,
    )
  }

  /** Rows of a table, where the file lists it. */
  rows(tensor: string): number | undefined {
    return this.#header.tensors.find(({ name }) => name === tensor)?.shape[0]
  }

  /** Divisors of rotary frequencies, where these are a tensor that was read. */
  factors(of: keyof typeof factorTensors): readonly number[] | undefined {
    return this.#header.factors.get(factorTensors[of])
  }

  /** Rows of the token table: the vocabulary as it is stored. */
  get vocabulary(): number {
    const table = this.#header.tensors.find(({ name }) => name === 'token_embd.weight')
    const tokens = this.#header.values.get('tokenizer.ggml.tokens')
    const listed = typeof tokens === 'object' ? tokens.length : undefined
    return table?.shape[0] ?? this.number('vocab_size') ?? listed ?? this.needed('vocab_size')
  }
}
