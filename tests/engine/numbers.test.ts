import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatBytes, formatExact, formatShort, formatSi } from '../../src/engine/numbers.ts'
import { NumberError, parseNumber, parseQuantity } from '../../src/engine/read-number.ts'

describe('reading', () => {
  test.each([
    ['8192', 8192, null],
    ['128k', 128_000, null],
    ['128K', 128_000, null],
    ['64Ki', 65_536, null],
    ['1Mi', 1_048_576, null],
    ['7B', 7e9, null],
    ['7b', 7e9, null],
    ['1.5T', 1.5e12, null],
    ['80GB', 80e9, 'byte'],
    ['80 GB', 80e9, 'byte'],
    ['80GiB', 80 * 2 ** 30, 'byte'],
    ['1e24', 1e24, null],
    ['1.5e3k', 1.5e6, null],
    ['1_000', 1000, null],
    ['8,030,261,248', 8_030_261_248, null],
    ['.5', 0.5, null],
    ['-3', -3, null],
    [' 12 ', 12, null],
    // Multiplying 4.35 by a million would give 4,349,999.999999999.
    ['4.35M', 4_350_000, null],
  ])('%s', (text, value, unit) => {
    expect(parseQuantity(text)).toEqual({ value, unit })
  })

  test.each([
    ['', 'an empty text is not a number'],
    ['many', '"many" is not a number; write a number such as 8192'],
    ['12q', '"q" in "12q" is not a suffix'],
    ['1,5', 'the commas in "1,5" do not separate thousands'],
    ['1__0', 'an underscore in "1__0" does not stand between digits'],
    ['1_', 'an underscore'],
    ['80Gb', '"80Gb" reads as bits; bytes end in B'],
    ['80Gib', 'reads as bits'],
    ['1e999', 'too large'],
    ['0x10', 'is not'],
    ['Infinity', 'is not a number'],
    ['NaN', 'is not a number'],
    ['constructor', 'is not a number'],
    ['1constructor', 'is not a suffix'],
  ])('%s is refused with a reason', (text, reason) => {
    expect(() => parseQuantity(text)).toThrow(reason)
    expect(() => parseQuantity(text)).toThrow(NumberError)
  })

  test('says which number is wrong, and why', () => {
    expect(() => parseNumber('80GB', { what: '--context' })).toThrow(
      '--context: "80GB" is a number of bytes',
    )
    expect(() => parseNumber('1.5', { what: '--batch', whole: true })).toThrow(
      '--batch: "1.5" is not a whole number',
    )
    expect(() => parseNumber('0', { what: '--batch', min: 1 })).toThrow('--batch: "0" is below 1')
    expect(parseNumber('80GB', { what: '--memory', unit: 'byte' })).toBe(80e9)
    expect(parseNumber('8e10', { what: '--memory', unit: 'byte' })).toBe(80e9)
  })

  test('any text gives a finite number or an error of its own kind', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^[+-]?[\d_,.]{0,6}(e\d{1,4})?[kKMGTBib]{0,3}$/)),
        (text) => {
          try {
            expect(Number.isFinite(parseQuantity(text).value)).toBe(true)
          } catch (error) {
            expect(error).toBeInstanceOf(NumberError)
          }
        },
      ),
    )
  })
})

describe('writing', () => {
  test.each([
    [8_030_261_248, '8,030,261,248', '8.030B'],
    [671_026_404_352, '671,026,404,352', '671.0B'],
    [999_960, '999,960', '1.000M'],
    [0, '0', '0'],
    [42, '42', '42'],
    [0.5625, '0.5625', '0.5625'],
    [131_072, '131,072', '131.1k'],
    [999.96, '999.96', '1.000k'],
    [1e16, '10,000,000,000,000,000', '10,000T'],
    // The shortest decimal that reads back as this power would end in five zeros.
    [2 ** 70, '1,180,591,620,717,411,303,424', '1,181,000,000T'],
    [-1234, '-1,234', '-1.234k'],
  ])('%d', (value, exact, short) => {
    expect(formatExact(value)).toBe(exact)
    expect(formatShort(value)).toBe(short)
  })

  test('thousands and decimals stand as English has them', () => {
    const english = new Intl.NumberFormat('en-US', { maximumFractionDigits: 20 })
    const [digits, power] = [fc.integer({ min: -999_999, max: 999_999 }), fc.integer({ min: -14, max: 15 })] // prettier-ignore
    fc.assert(
      fc.property(digits, power, (digit, exponent) => {
        const value = Number(`${digit}e${exponent}`)
        // Beyond 2^53 English would be given the shortest decimal that reads back.
        const whole = Number.isInteger(value) && !Number.isSafeInteger(value)
        expect(formatExact(value)).toBe(english.format(whole ? BigInt(value) : value))
      }),
    )
  })

  test('bytes always say which kind they are', () => {
    expect(formatBytes(1_073_741_824)).toBe('1.074 GB')
    expect(formatBytes(1_073_741_824, 'GiB')).toBe('1.000 GiB')
    expect(formatBytes(1023.99 * 1024, 'GiB')).toBe('1.000 MiB')
    expect(formatBytes(512)).toBe('512 B')
    expect(formatBytes(22.5)).toBe('23 B')
    expect(formatBytes(999.7)).toBe('1.000 kB')
    expect(formatBytes(2_000)).toBe('2.000 kB')
    expect(formatBytes(2_048, 'GiB')).toBe('2.000 KiB')
  })

  test('SI prefixes stand before a unit', () => {
    expect(formatSi(16_060_522_496, 'FLOP')).toBe('16.06 GFLOP')
    expect(formatSi(1.5e21, 'FLOP')).toBe('1.500 ZFLOP')
  })

  test('what is written short reads back to within its last digit', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 9e15, noNaN: true }), (value) => {
        const back = parseQuantity(formatShort(value)).value
        expect(Math.abs(back - value)).toBeLessThanOrEqual(value * 5.01e-4)
      }),
    )
  })

  test('what is written exactly reads back exactly', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(parseQuantity(formatExact(value)).value).toBe(value)
      }),
    )
  })

  test('written bytes read back to within their last digit, in both kinds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2048, max: Number.MAX_SAFE_INTEGER }),
        fc.constantFrom('GB' as const, 'GiB' as const),
        (value, kind) => {
          const back = parseQuantity(formatBytes(value, kind))
          expect(back.unit).toBe('byte')
          expect(Math.abs(back.value - value)).toBeLessThanOrEqual(value * 5.01e-4)
        },
      ),
    )
  })
})
