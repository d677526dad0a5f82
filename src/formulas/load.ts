/** Reads the formula files of a folder from disk. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TextFile } from './read-file.ts'

/** Data that formulas use but that are no formulas. */
const data = new Set(['hardware.yaml', 'weight-formats.yaml'])

/** The dictionary's folder is read by itself. */
const dictionary = join('formulas', 'dictionary')

/** All formula files below `root`/formulas, by path; the names are relative to `root`. */
export function loadFormulaFiles(root = '.'): TextFile[] {
  return readdirSync(join(root, 'formulas'), { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        entry.name.endsWith('.yaml') &&
        !data.has(entry.name) &&
        !entry.parentPath.endsWith(dictionary),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) => ({
      file: path.slice(root === '.' ? 0 : root.length + 1),
      text: readFileSync(path, 'utf8'),
    }))
}
