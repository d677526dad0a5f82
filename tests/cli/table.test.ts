import { expect, test } from 'vitest'
import { alignedTable, csv, markdown } from '../../src/cli/table.ts'

test('words stand to the left, numbers to the right, parts are indented', () => {
  const rows = [
    { cells: ['', 'a', 'long name'] },
    { cells: ['Heading over all of it'], heading: true },
    { cells: ['total', '1', '22'] },
    { cells: ['part', '333', '4'], part: true },
  ]
  expect(alignedTable(rows, (_row, line) => line).split('\n')).toEqual([
    '          a  long name',
    'Heading over all of it',
    'total     1         22',
    '  part  333          4',
    '',
  ])
})

test('CSV quotes what needs it, and no cell begins like a formula', () => {
  expect(
    csv([
      ['a,b', 'say "x"', 1.5, null],
      ['=1+1', '@x', -1, 'two\nlines'],
    ]),
  ).toBe('"a,b","say ""x""",1.5,\n\'=1+1,\'@x,-1,"two\nlines"\n')
})

test('CSV holds every digit of a whole number that a double holds', () => {
  expect(csv([[2 ** 53 + 2, 2 ** 70, 0.1]])).toBe('9007199254740994,1180591620717411303424,0.1\n')
})

test('Markdown cells stay in their cell', () => {
  expect(markdown(['name', 'n'], [['a|b <b>', '1']])).toBe(
    '| name | n |\n| --- | ---: |\n| a\\|b \\<b> | 1 |\n',
  )
})
