/** The types of the library beside its code: as the compiler declares them, without what a user's project does not have. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'

/** @param folder as in tsconfig.library.json */
export function declarations(folder: string): Plugin {
  return {
    name: 'declarations',
    writeBundle() {
      const compiler = path.resolve('node_modules/typescript/bin/tsc')
      const words = [compiler, '-p', 'tsconfig.library.json']
      const { stdout, status } = spawnSync(process.execPath, words, { encoding: 'utf8' })
      if (status !== 0) throw new Error(stdout)
      const needed = new Set<string>()
      for (const entry of ['index', 'import', 'ask'])
        finish(path.join(folder, 'library', `${entry}.d.ts`), needed)
      for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        const whole = path.join(folder, file)
        if (file.endsWith('.d.ts') && !needed.has(whole)) rmSync(whole)
      }
    },
  }
}

const relative = /(from |import\()(['"])(\.{1,2}\/[^'"]+)\.ts\2/g

/** Makes a file, and all that it imports, ready for others' projects. */
function finish(file: string, needed: Set<string>): void {
  if (needed.has(file)) return
  needed.add(file)
  const text = withoutSchemas(readFileSync(file, 'utf8'))
  const imported = [...text.matchAll(relative)].map(([, , , to]) => to!)
  writeFileSync(file, text.replace(relative, '$1$2$3.js$2'))
  for (const to of imported) {
    const other = path.join(path.dirname(file), `${to}.d.ts`)
    if (!existsSync(other)) throw new Error(`${file} imports ${to}, which has no declarations`)
    finish(other, needed)
  }
}

/**
 * Schemas check what comes from outside and are no part of the library; zod, of which they are made, is bundled and has
 * no types there. A type that is inferred from a schema would go with it: where others need it, it is written out.
 */
function withoutSchemas(text: string): string {
  // A statement begins at the left edge; what belongs to it is indented, or closes it.
  const statements = text.split(/^(?=(?:\/\*\*|[a-z]))/m)
  const kept = statements.filter(
    // What is imported for what it does alone has no types.
    (each) => !/\bz\.|['"]zod|^import ['"]/.test(each.replace(/\/\*[^]*?\*\//g, '')),
  )
  return kept.join('')
}
