/** Pages that are files of their own, so that they are found and previewed: which file stands for which address of the page. */
import { doors } from './doors.ts'

export const modelFile = (name: string): string => `model-${name}.html`
export const termFile = (term: string): string => `term-${term}.html`
export const doorFile = (question: string): string => `${question}.html`

const single: Readonly<Record<string, string>> = {
  'models.html': '?page=models',
  'dictionary.html': '?page=dictionary',
  ...Object.fromEntries(doors.map(({ question, href }) => [doorFile(question), href])),
}

/** @returns the address in the page of the file at a path; null where it is none of these files */
export function addressOfFile(path: string): string | null {
  const file = path.slice(path.lastIndexOf('/') + 1)
  const [, kind, name] = /^(model|term)-([\w.-]+)\.html$/.exec(file) ?? []
  if (kind === 'model') return `?v=2&a=${name}`
  if (kind === 'term') return `?page=dictionary&entry=${name}`
  return Object.hasOwn(single, file) ? single[file]! : null
}

/** What the address bar asks for: a file, until something else is chosen, for what it stands for. */
export function addressHere(): string {
  const { pathname, search, hash } = location
  return search === '' && hash === '' ? (addressOfFile(pathname) ?? '') : search + hash
}

/** An address of the page as a link that leads there from each of its files. */
export const fromFile = (address: string): string =>
  /^([?#]|$)/.test(address) ? `./${address}` : address
