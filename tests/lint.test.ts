/** The linter holds the direction of imports: what each folder may not know is refused there and nowhere else. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'

const folders = ['formulas', 'architecture', 'engine', 'import', 'dictionary', 'cli', 'app']

// By hand, from the architecture of the project: which folder may import which, and what else.
const belowCli = ['dictionary', 'import', 'engine', 'architecture', 'formulas'].map(
  (folder) => `../${folder}/x.ts`,
)
const allowed: Record<string, string[]> = {
  formulas: ['mathjs', 'yaml', 'node:fs'],
  architecture: ['../formulas/x.ts'],
  engine: ['../architecture/x.ts', '../formulas/x.ts'],
  import: ['../engine/x.ts', '../architecture/x.ts', '../formulas/x.ts'],
  dictionary: ['../import/x.ts', '../engine/x.ts', '../architecture/x.ts', '../formulas/x.ts'],
  cli: [...belowCli, 'node:fs'],
  app: [...belowCli, 'react'],
}
const imports = [
  ...folders.map((folder) => `../${folder}/x.ts`),
  'mathjs',
  'yaml',
  'node:fs',
  'react',
]

test('each folder imports what it may, and nothing else', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'archcost-lint-'))
  try {
    cpSync('.oxlintrc.json', path.join(root, '.oxlintrc.json'))
    for (const folder of folders) {
      mkdirSync(path.join(root, 'src', folder, 'deeper'), { recursive: true })
      for (const [i, wanted] of imports.entries()) {
        writeFileSync(path.join(root, 'src', folder, `${i}.ts`), `import '${wanted}'\n`)
        const deeper = wanted.replace('../', '../../')
        writeFileSync(path.join(root, 'src', folder, 'deeper', `${i}.ts`), `import '${deeper}'\n`)
      }
    }
    const refused = refusals(root)
    for (const folder of folders) {
      const may = imports.filter((_, i) => !refused.has(`src/${folder}/${i}.ts`))
      const own = `../${folder}/x.ts`
      expect(new Set(may), folder).toEqual(new Set([...allowed[folder]!, own]))
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
