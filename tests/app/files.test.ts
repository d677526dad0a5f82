/** Files of their own: which address of the page each stands for, and what stands in it. */
import { expect, test } from 'vitest'
import { htmlOfFile } from '../../src/app/build/html-of-file.ts'
import { addressOfFile, fromFile, modelFile, termFile } from '../../src/app/state/files.ts'
import { entries } from '../../src/import/catalog/index.ts'
import { list } from '../../src/dictionary/index.ts'

test('every model and every term has an address by its file', () => {
  for (const { name } of entries)
    expect(addressOfFile(`/sub/${modelFile(name)}`)).toBe(`?v=2&a=${name}`)
  for (const { term } of list)
    expect(addressOfFile(`/${termFile(term)}`)).toBe(`?page=dictionary&entry=${term}`)
})

test.each([
  ['/compare.html', expect.stringContaining('ask=compare')],
  ['/', null],
  ['/index.html', null],
  ['/model-.html', null],
  ['/model-<b>.html', null],
  ['/constructor', null],
])('%s stands for %s', (path, address) => {
  expect(addressOfFile(path)).toEqual(address)
})

test('an address leads from a file to the page beside it', () => {
  const from = 'https://archcost.example/at/model-gpt2.html'
  expect(new URL(fromFile('?page=models'), from).href).toBe(
    'https://archcost.example/at/?page=models',
  )
  expect(new URL(fromFile(''), from).href).toBe('https://archcost.example/at/')
})

test('a file has a head of its own, and what is said in it is text', () => {
  const page = '<head><meta\n name="description"\n content="a" /><title>b</title></head><div id="root"><p>1</p></div>\n<script type="application/json" id="first-model">{}</script><script src="x"></script>'.replaceAll('\\\n', '\n') // prettier-ignore
  const made = htmlOfFile(page, { name: 'x.html', title: '<T> & "t"', description: 'd'.repeat(400), html: '<h1>$& 2</h1>' }) // prettier-ignore
  expect(made).toContain('<title>&lt;T&gt; &amp; &quot;t&quot;</title>')
  expect(made).toContain(`content="${'d'.repeat(300)}…"`)
  expect(made).toContain('<div id="root"><h1>$& 2</h1></div><script src="x">')
})
