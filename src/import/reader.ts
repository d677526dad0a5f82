/** Reads a config key by key: under every spelling, checked, and written down. */
import { ArchcostError } from '../architecture/errors.ts'
import { ImportLog, type Entry } from './log.ts'
import { spellingsOf } from './spellings.ts'
import {
  isCount,
  isListOf,
  isNumber,
  isObject,
  isPositive,
  isScalar,
  isText,
  show,
} from './values.ts'

/** Values that a family's configuration class gives to keys that are left out. */
export type Defaults = Readonly<Record<string, unknown>>

/** A value that follows from other keys where a key is missing or null. */
export interface Follows<Value> {
  /** What it follows from, in terms of keys, such as `hidden_size / num_attention_heads`. */
  from: string
  follows: Value
}

export const follows = <Value>(from: string, value: Value): Follows<Value> => ({
  from,
  follows: value,
})

/** What stands for a list with one entry for each layer. */
export interface LayerRule<Kind> {
  from: string
  /** Layers are counted from 0. */
  kind: (layer: number) => Kind
}

const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

/** What stands under a key: a value and its full path. `value` is null where the config says null, undefined where it says nothing. */
interface Found {
  value: unknown
  path: string
  defaulted: boolean
}

export interface ReaderOptions {
  defaults?: Defaults
  path?: string
  log?: ImportLog
  /** The values are themselves a default. */
  is_default?: boolean
  /** Keys that may stand outside of the object, where they do. */
  outside?: Readonly<Record<string, Outside>>
}

/** What is said outside of the object under one of its keys. */
export interface Outside {
  value: unknown
  path: string
  /** Nobody says it: it is what the family takes. */
  defaulted?: true
  /** It holds whatever the object itself says. */
  decides?: true
}

/** Nothing can be asked for without being written down: what is not there with what is taken for it. */
export class Reader {
  readonly log: ImportLog
  readonly #values: ReadonlyMap<string, unknown>
  readonly #defaults: Defaults
  readonly #path: string
  readonly #is_default: boolean
  readonly #outside: NonNullable<ReaderOptions['outside']>
  /** What is read so far, by key: layers of one kind ask for the same keys again. */
  readonly #found = new Map<string, Found>()
  readonly #inner = new Map<string, Reader>()

  constructor(object: object, options: ReaderOptions = {}) {
    this.#path = options.path ?? ''
    for (const key of Object.keys(object)) {
      if (forbidden.has(key)) {
        throw new ArchcostError(
          'invalid_config',
          'is not a key of a config.json; remove it',
          this.#path + key,
        )
      }
    }
    this.#values = new Map(Object.entries(object))
    this.#defaults = options.defaults ?? {}
    this.#is_default = options.is_default ?? false
    this.#outside = options.outside ?? {}
    this.log = options.log ?? new ImportLog()
  }

  /** Whether the config has the key, under any spelling, and does not say null. */
  has(key: string): boolean {
    const { value, path, defaulted } = this.#find(key)
    const is_there = !defaulted && value !== null
    this.#asked(path, is_there ? value : null, is_there)
    return is_there
  }

  /** The names of its own keys, read or not. */
  keys(): string[] {
    return [...this.#values.keys()]
  }

  /** Whether the config has the key under this very name, for keys whose spelling says something. */
  names(name: string): boolean {
    const value = this.#values.get(name)
    if (value !== undefined) this.#asked(this.#path + name, value, true)
    return value !== undefined
  }

  /**
   * Whether the config has the key, under any spelling, or the family's class gives it a value.
   * For keys that may stand at several places: what is then read is what is written down.
   */
  mentions(key: string): boolean {
    return this.#find(key).value !== undefined
  }

  /** Whether an object stands under any key. */
  holdsObjects(): boolean {
    return [...this.#values.values()].some(isObject)
  }

  /** Its own keys that nobody has read, as full paths; also those of objects inside that were opened. */
  unread(): { key: string; path: string; value: unknown }[] {
    if (this.#is_default) return []
    const inner = [...this.#inner.values()]
    const own = [...this.#values]
      .map(([key, value]) => ({ key, path: this.#path + key, value }))
      .filter(({ path, value }) => value !== undefined && this.log.about(path) === undefined)
      .filter(({ path }) => !inner.some((reader) => reader.#path === `${path}.`))
    return [...own, ...inner.flatMap((reader) => reader.unread())]
  }

  /**
   * A whole number; where the config says null or nothing, `otherwise`, or what follows from other keys.
   * @throws ArchcostError `invalid_config`, as all accessors do, where it is something else
   */
  count(key: string, otherwise?: number | Follows<number>, least = 1): number {
    return this.#take(key, `a whole number of at least ${least}`, otherwise, (value) =>
      isCount(value, least),
    )
  }

  /** A whole number, or null where the config says null or nothing. */
  optionalCount(key: string, least = 1): number | null {
    return this.#take(key, `a whole number of at least ${least}, or null`, null, (value) =>
      isCount(value, least),
    )
  }

  number(key: string, otherwise?: number | Follows<number>): number {
    return this.#take(key, 'a number above 0', otherwise, isPositive)
  }

  optionalNumber(key: string): number | null {
    return this.#take(key, 'a number above 0, or null', null, isPositive)
  }

  /** A number; 0 too, which some configs write for "none". */
  numberFrom0<None extends number | null>(key: string, otherwise: None): number | None {
    return this.#take(
      key,
      'a number of at least 0, or null',
      otherwise,
      (value) => value === 0 || isPositive(value),
    )
  }

  flag(key: string, otherwise: boolean | Follows<boolean> = false): boolean {
    const raw = this.#take(
      key,
      'true or false',
      otherwise,
      (value): value is boolean | 0 | 1 => typeof value === 'boolean' || value === 0 || value === 1,
    )
    return raw === true || raw === 1
  }

  text(key: string, otherwise: string): string {
    return this.#take(key, 'a text', otherwise, (value) => typeof value === 'string')
  }

  /** A list of numbers, or `otherwise`. */
  numbers(key: string): number[] | null
  numbers(key: string, otherwise: number[] | Follows<number[]>): number[]
  numbers(key: string, otherwise: number[] | Follows<number[]> | null = null): number[] | null {
    return this.#take(key, 'a list of numbers', otherwise, (value) => isListOf(value, isNumber))
  }

  /** A list of texts, or `otherwise`. */
  texts(key: string): string[] | null
  texts(key: string, otherwise: string[]): string[]
  texts(key: string, otherwise: string[] | null = null): string[] | null {
    return this.#take(key, 'a list of texts', otherwise, (value) => isListOf(value, isText))
  }

  /** One whole number for all layers, or a list with one for each. */
  perLayer(
    key: string,
    n_layers: number,
    otherwise?: number | Follows<number>,
    least = 1,
  ): number[] {
    const raw = this.#take(
      key,
      `a whole number of at least ${least}, or a list of such`,
      otherwise,
      (value): value is number | number[] =>
        isCount(value, least) || isListOf(value, (each): each is number => isCount(each, least)),
    )
    if (typeof raw === 'number') return Array.from({ length: n_layers }, () => raw)
    return this.#oneForEach(key, raw, n_layers)
  }

  /**
   * A list of texts with one for each layer; where there is none, as the rule says.
   * @param rule null where the family has none, so that the list cannot be missing
   */
  kinds(key: string, n_layers: number, rule: LayerRule<string> | null): string[] {
    const raw = this.texts(key)
    if (raw !== null) return this.#oneForEach(key, raw, n_layers)
    if (rule === null)
      throw this.wrong(
        key,
        'is missing, and its family has no pattern of its own; a list with a text for each layer is expected',
      )
    return this.#byRule(key, n_layers, rule)
  }

  /** Flags, 0 or 1, for each layer; where there are none, or the list is empty, as the rule says. */
  marks(key: string, n_layers: number, rule: LayerRule<boolean>): boolean[] {
    const raw = this.#take(key, 'a list of 0 and 1', null, (value): value is (boolean | number)[] =>
      isListOf(
        value,
        (each): each is boolean | number => typeof each === 'boolean' || each === 0 || each === 1,
      ),
    )
    return raw === null || raw.length === 0
      ? this.#byRule(key, n_layers, rule)
      : this.#oneForEach(key, raw, n_layers).map(Boolean)
  }

  /** A text where the key holds one, else null. */
  letters(key: string): string | null {
    const { value, path, defaulted } = this.#find(key)
    if (value === undefined) this.#write(path, null, defaulted)
    return typeof value === 'string' ? this.text(key, '') : null
  }

  /** A list of objects as they stand, or null. */
  records(key: string): Record<string, unknown>[] | null {
    return this.#take(key, 'a list of objects', null, (value) => isListOf(value, isObject))
  }

  /** Lists of texts with how often each repeats, [[["a", "b"], 12]], written out; or null. */
  repeats(key: string): string[] | null {
    const raw = this.#take(
      key,
      'a list such as [[["global", "local"], 12]]',
      null,
      (value): value is [string[], number][] =>
        isListOf(
          value,
          (each): each is [string[], number] =>
            Array.isArray(each) &&
            isListOf(each[0], isText) &&
            isCount(each[1], 1) &&
            each[1] * each[0].length <= 10_000,
        ),
    )
    return raw && raw.flatMap(([kinds, times]) => Array.from({ length: times }, () => kinds).flat())
  }

  /** A nested object, or null. Configuration classes take their default for one that is null. */
  object(key: string): Reader | null {
    const known = this.#inner.get(key)
    if (known) return known
    const found = this.#find(key)
    const { path } = found
    const value = found.value ?? this.#defaults[key] ?? null
    const defaulted = found.defaulted || found.value === null
    if (defaulted) this.#write(path, value, found.defaulted || value !== null)
    if (value === null) return null
    if (!isObject(value)) throw unexpected(path, value, 'an object, or null')
    const reader = new Reader(value, {
      path: `${path}.`,
      log: this.log,
      is_default: defaulted || this.#is_default,
    })
    this.#inner.set(key, reader)
    return reader
  }

  /** A nested object whose class takes these values for keys that it leaves out; all of them where it is missing or null. */
  part(key: string, defaults: Defaults): Reader {
    const found = this.#find(key)
    const value = found.value ?? {}
    if (!isObject(value)) throw unexpected(found.path, value, 'an object, or null')
    const reader = new Reader(value, { path: `${found.path}.`, log: this.log, defaults })
    this.#inner.set(key, reader)
    return reader
  }

  /** A list of pairs of whole numbers above 0. */
  pairs(
    key: string,
    otherwise: readonly (readonly [number, number])[],
  ): readonly (readonly [number, number])[] {
    return this.#take(
      key,
      'a list of pairs of whole numbers, such as [[336, 672]]',
      otherwise,
      (value): value is [number, number][] =>
        isListOf(
          value,
          (each): each is [number, number] =>
            Array.isArray(each) && each.length === 2 && each.every((part) => isCount(part, 1)),
        ),
    )
  }

  /** Lists of whole numbers from 0, or null. */
  lists(key: string): number[][] | null {
    return this.#take(
      key,
      'a list of lists of whole numbers, such as [[1, 2], [3, 4, 5]], or null',
      null,
      (value): value is number[][] =>
        isListOf(value, (each): each is number[] =>
          isListOf(each, (one): one is number => isCount(one, 0)),
        ),
    )
  }

  /** A whole number, which may be below 0, or a list of such. */
  wholeNumbers(key: string, otherwise: number): number[] {
    const whole = (value: unknown): value is number => Number.isSafeInteger(value)
    const raw = this.#take(
      key,
      'a whole number, or a list of such',
      otherwise,
      (value): value is number | number[] => whole(value) || isListOf(value, whole),
    )
    return [raw].flat()
  }

  /**
   * Says that a key, which is missing or null, follows from others, and hands on its value.
   * @param from what it follows from, in terms of keys
   */
  derive<Value>(key: string, from: string, value: Value): Value {
    this.log.write(this.#find(key).path, { kind: 'derived', value, from })
    return value
  }

  /** How many entries an object has; null where the config says null or nothing. */
  entries(key: string): number | null {
    const { value = null, path, defaulted } = this.#find(key)
    if (value === null) {
      this.#write(path, null, defaulted)
      return null
    }
    if (!isObject(value)) throw unexpected(path, value, 'an object, or null')
    const entries = Object.entries(value)
    for (const [name, each] of entries)
      this.#write(`${path}.${name}`, isText(each) ? each : show(each), false)
    return entries.length
  }

  /** Marks keys that the family knows and that change no number in it. */
  ignore(...keys: string[]): void {
    this.#mark(keys, { kind: 'ignored' })
  }

  /** Marks keys of something that the file describes and the architecture does not hold; of an object, all in it. */
  leaveOut(why: string, ...keys: string[]): void {
    this.#mark(keys, { kind: 'left_out', why })
  }

  /** Marks keys of an extra module of the architecture. */
  leaveOutExtra(extra: string, why: string, ...keys: string[]): void {
    this.#mark(keys, { kind: 'left_out', why, extra })
  }

  /** An error about one of the keys. */
  wrong(key: string, message: string): ArchcostError {
    return new ArchcostError('invalid_config', message, this.#find(key).path)
  }

  unsupported(key: string, message: string): ArchcostError {
    return new ArchcostError('unsupported', message, this.#find(key).path)
  }

  #byRule<Kind>(key: string, n_layers: number, { from, kind }: LayerRule<Kind>): Kind[] {
    const list = Array.from({ length: n_layers }, (_, layer) => kind(layer))
    return this.derive(key, from, list)
  }

  #oneForEach<Item>(key: string, list: Item[], n_layers: number): Item[] {
    if (list.length < n_layers) {
      throw this.wrong(
        key,
        `has ${list.length} entries, but the model has ${n_layers} layers; one for each layer is expected`,
      )
    }
    return list.slice(0, n_layers)
  }

  #take<Value, None>(
    key: string,
    expected: string,
    otherwise: None | Follows<None> | undefined,
    fits: (value: unknown) => value is Value,
  ): Value | None {
    const { value, path, defaulted } = this.#find(key)
    if (value === null || value === undefined) {
      if (otherwise === undefined)
        throw new ArchcostError(
          'invalid_config',
          `is ${value === null ? 'null' : 'missing'}; ${expected} is expected`,
          path,
        )
      if (isFollows(otherwise)) return this.derive(key, otherwise.from, otherwise.follows)
      this.#write(path, otherwise, value === undefined || defaulted || otherwise !== null)
      return otherwise
    }
    if (!fits(value)) throw unexpected(path, value, expected)
    this.#write(path, value, defaulted)
    return value
  }

  #write(path: string, value: unknown, defaulted: boolean): void {
    this.log.write(path, { kind: defaulted || this.#is_default ? 'defaulted' : 'read', value })
  }

  /** Lists and objects are written down when they are read. */
  #asked(path: string, value: unknown, is_there: boolean): void {
    if (isScalar(value)) this.#write(path, value, !is_there)
  }

  #mark(keys: readonly string[], entry: Entry): void {
    for (const key of keys) if (this.#values.has(key)) this.log.write(this.#path + key, entry)
  }

  #find(key: string): Found {
    const known = this.#found.get(key)
    if (known) return known
    const found = this.#look(key)
    this.#found.set(key, found)
    return found
  }

  /** The first spelling that says something, else one that says null, else the family's default. */
  #look(key: string): Found {
    const names = spellingsOf(key)
    const outside = Object.hasOwn(this.#outside, key) ? this.#outside[key] : undefined
    if (outside?.decides) {
      this.ignore(...names)
      return { value: outside.value, path: outside.path, defaulted: outside.defaulted ?? false }
    }
    const said = names.filter((name) => (this.#values.get(name) ?? null) !== null)
    const nulls = names.filter((name) => this.#values.get(name) === null)
    const [first, ...others] = [...said, ...nulls]
    if (first === undefined) {
      if (outside !== undefined)
        return { value: outside.value, path: outside.path, defaulted: outside.defaulted ?? false }
      return {
        value: Object.hasOwn(this.#defaults, key) ? this.#defaults[key] : undefined,
        path: this.#path + key,
        defaulted: true,
      }
    }
    const value = this.#values.get(first)
    for (const other of others) {
      const differing = this.#values.get(other)
      if (isScalar(differing)) this.#write(this.#path + other, differing, false)
      else this.ignore(other)
      if (differing !== value && typeof differing === 'number') {
        this.log.note(
          'warning',
          `${this.#path}${first} is ${show(value)} and ${this.#path}${other} is ${show(differing)}; ${first} is used`,
        )
      }
    }
    return { value, path: this.#path + first, defaulted: false }
  }
}

const unexpected = (path: string, found: unknown, expected: string): ArchcostError =>
  new ArchcostError('invalid_config', `is ${show(found)}; ${expected} is expected`, path)

const isFollows = <Value>(otherwise: Value | Follows<Value>): otherwise is Follows<Value> =>
  isObject(otherwise) && 'follows' in otherwise
