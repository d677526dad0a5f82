/** Reads the formula files of a folder from disk. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TextFile } from './read-file.ts'

/** Data that formulas use but that are no formulas. */
const data = new Set(['hardware.yaml', 'weight-formats.yaml'])

/** Folders that are read by themselves. */
const others = ['dictionary', 'mixtures'].map((folder) => join('formulas', folder))

/** All formula files below `root`/formulas, by path; the names are relative to `root`. */
export function loadFormulaFiles(root = '.'): TextFile[] {
  return readdirSync(join(root, 'formulas'), { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        entry.name.endsWith('.yaml') &&
        !data.has(entry.name) &&
        !others.some((folder) => entry.parentPath.endsWith(folder)),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) => ({
      file: path.slice(root === '.' ? 0 : root.length + 1),
      text: readFileSync(path, 'utf8'),
    }))
}
