/** The package as others install it: types, the library, the command line; nothing beside it and no network. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = path.resolve('.')
const folder = mkdtempSync(path.join(tmpdir(), 'archcost-package-'))
const project = path.join(folder, 'project')
const installed = path.join(project, 'node_modules/archcost')
afterAll(() => rmSync(folder, { recursive: true }))

function run(command: string, ...args: string[]): string {
  const npm = { npm_config_cache: path.join(folder, 'cache'), npm_config_update_notifier: 'false' }
  const { stdout, stderr, status } = spawnSync(command, args, {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, ...npm },
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`)
  return stdout
}

const program = `import { evaluate, explain, formatExact, parseQuantity, prepare, type Architecture, type Cost } from 'archcost'
import { entries, importConfig, loadModel } from 'archcost/import'
import { counterpart, solve, sweep, transform } from 'archcost/ask'

const { architecture } = await loadModel('deepseek-v3')
const cost: Cost = evaluate(prepare(architecture), { context: parseQuantity('128k').value })
const total: number = cost.params.total
const tree = explain(prepare(architecture), {}, 'params.total')
const config = {
  model_type: 'llama', hidden_size: 4096, num_hidden_layers: 32, num_attention_heads: 32, num_key_value_heads: 8,
  intermediate_size: 14336, vocab_size: 128256, max_position_embeddings: 8192, tie_word_embeddings: false,
}
const llama: Architecture = importConfig(config).architecture
const dense = counterpart({ architecture, workload: {} }, { kind: 'dense', equal: 'active' })
const halved = transform(llama, [{ transform: 'depth', decoder: 16 }])
// @ts-expect-error a number of parameters is a number
const wrong: string = cost.params.total
// @ts-expect-error an architecture has a width
const none: Architecture = { name: 'None', max_context: 1, stacks: [] }
console.log(JSON.stringify({
  total, exact: formatExact(total), explained: tree.value, active: cost.params.active,
  llama: evaluate(prepare(llama)).params.total, dense: evaluate(prepare(dense.design.architecture)).params.active,
  layers: halved.stacks[0]?.n_layers, known: entries.length > 100, asks: typeof solve + typeof sweep,
}))
`

beforeAll(() => {
  mkdirSync(path.join(project, 'src'), { recursive: true })
  writeFileSync(
    path.join(project, 'package.json'),
    JSON.stringify({ name: 'project', version: '1.0.0', type: 'module', private: true }),
  )
  writeFileSync(
    path.join(project, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        target: 'es2023',
        lib: ['es2023'],
        module: 'nodenext',
        types: [],
        skipLibCheck: false,
        outDir: 'out',
        rootDir: 'src',
      },
    }),
  )
  // This project has no types of the world it runs in.
  const world = 'declare const console: { log(text: string): void }\n'
  writeFileSync(path.join(project, 'src/program.ts'), world + program)
  // What is packed is what was built last.
  run('npm', 'pack', root, '--ignore-scripts', '--pack-destination', folder)
  const [tarball] = readdirSync(folder).filter((file) => file.endsWith('.tgz'))
  run('npm', 'install', '--offline', '--no-audit', '--no-fund', path.join(folder, tarball!))
})

test('an empty project installs it and nothing else', () => {
  const modules = readdirSync(path.join(project, 'node_modules'))
  expect(modules.filter((name) => !name.startsWith('.'))).toEqual(['archcost'])
})

test('a project type-checks against it and computes with it', () => {
  run(process.execPath, path.join(root, 'node_modules/typescript/bin/tsc'), '-p', '.')
  expect(JSON.parse(run(process.execPath, 'out/program.js'))).toMatchObject({
    // The parameters of the published checkpoints, without DeepSeek-V3's further prediction module.
    total: 671_026_404_352,
    exact: '671,026,404,352',
    explained: 671_026_404_352,
    llama: 8_030_261_248,
    layers: 16,
    known: true,
    asks: 'functionfunction',
  })
})

test('npx archcost runs', () => {
  const cost = run('npx', '--no-install', 'archcost', 'cost', 'deepseek-v3', '--format', 'json')
  expect(JSON.parse(cost)).toMatchObject({ params: { total: 671_026_404_352 } })
})

test('npx archcost check finds its formulas', () => {
  const file = path.join(installed, 'formulas/mixers/attention.yaml')
  expect(run('npx', '--no-install', 'archcost', 'check', file)).toMatch(
    /right; Grouped-query attention/,
  )
})

test('the library runs in a browser: it imports nothing but itself, and has no React and no mathjs', () => {
  const library = path.join(installed, 'dist/library')
  const files = readdirSync(library).filter((file) => file.endsWith('.js'))
  expect(files).toEqual(expect.arrayContaining(['index.js', 'import.js', 'ask.js']))
  for (const file of files) {
    const text = readFileSync(path.join(library, file), 'utf8')
    const imported = [
      ...text.matchAll(/^(?:import|export)\b[^"\n]*"([^"]+)"/gm),
      ...text.matchAll(/\bimport\("([^"]+)"\)/g),
    ].map(([, to]) => to!)
    expect(imported.filter((to) => !to.startsWith('./'))).toEqual([])
    expect(text).not.toMatch(/mathjs|react\.(?:element|transitional)|\bprocess\.|\brequire\(/i)
  }
})
