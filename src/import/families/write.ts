/** Finds the families: every `export const NAME: Family` of a file in this folder, and writes the list that the program reads. */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = 'src/import/families'
const not_families = ['index.ts', 'write.ts']

export function writeFamilies(): void {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !not_families.includes(file))
    .toSorted()
    .map((file) => [file, familiesIn(readFileSync(join(folder, file), 'utf8'))] as const)
    .filter(([, names]) => names.length > 0)
  const names = files.flatMap(([, own]) => own)
  const code = [
    '/** All families of models, collected from the files beside. */',
    ...files.map(([file, own]) => `import { ${own.join(', ')} } from '../${file}'`),
    "import type { Family } from '../../family.ts'",
    `\nexport const families: Readonly<Record<string, Family>> = {\n  ${names.join(',\n  ')},\n}\n`,
  ].join('\n')
  const target = join(folder, 'generated', 'families.ts')
  mkdirSync(join(folder, 'generated'), { recursive: true })
  // An unchanged file keeps its time, so that nothing downstream is built again.
  if (!existsSync(target) || readFileSync(target, 'utf8') !== code) writeFileSync(target, code)
  console.log(`${names.length} families of models`)
}

const familiesIn = (code: string): string[] =>
  [...code.matchAll(/^export const (\w+): Family = /gm)].map(([, name]) => name!)
