/** The linter holds what each folder may know of the world: mathjs and YAML, files, the page. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'

const folders = ['formulas', 'architecture', 'engine', 'import', 'dictionary', 'cli', 'app']

const imports = ['mathjs', 'yaml', 'node:fs', 'react']

// By hand, from the architecture of the project.
const allowed: Record<string, string[]> = {
  formulas: ['mathjs', 'yaml', 'node:fs'],
  architecture: [],
  engine: [],
  import: [],
  dictionary: [],
  cli: ['node:fs'],
  app: ['react'],
}

test('each folder imports what it may, and nothing else', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'archcost-lint-'))
  try {
    cpSync('.oxlintrc.json', path.join(root, '.oxlintrc.json'))
    for (const folder of folders) {
      mkdirSync(path.join(root, 'src', folder, 'deeper'), { recursive: true })
      for (const [i, wanted] of imports.entries()) {
        writeFileSync(path.join(root, 'src', folder, `${i}.ts`), `import '${wanted}'\n`)
        writeFileSync(path.join(root, 'src', folder, 'deeper', `${i}.ts`), `import '${wanted}'\n`)
      }
    }
    const refused = refusals(root)
    for (const folder of folders) {
      const may = imports.filter((_, i) => !refused.has(`src/${folder}/${i}.ts`))
      expect(may, folder).toEqual(allowed[folder])
      const mayDeeper = imports.filter((_, i) => !refused.has(`src/${folder}/deeper/${i}.ts`))
      expect(mayDeeper, `${folder}/deeper`).toEqual(may)
    }
  } finally {
    rmSync(root, { recursive: true })
  }
})

/** The files under `root` in which the rule speaks up. */
function refusals(root: string): Set<string> {
  const oxlint = path.resolve('node_modules/.bin/oxlint')
  const { stdout } = spawnSync(oxlint, ['--format=json'], { cwd: root, encoding: 'utf8' })
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { code: string; filename: string }[]
  }
  return new Set(
    diagnostics
      .filter(({ code }) => code.includes('no-restricted-imports'))
      .map(({ filename }) => filename.replaceAll('\\', '/')),
  )
}
