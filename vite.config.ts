/** Builds the page (`vite build`), the command line (`vite build --ssr`), the library (`--mode library`) and the bench, serves the page, runs the tests. */
import { spawn } from 'node:child_process'
import { chmodSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { declarations } from './src/library/build/declarations.ts'
import { finishedPage } from './src/app/build/plugin.ts'
import { defineConfig, type ViteUserConfig as UserConfig } from 'vitest/config'

/** Against what hangs, not against what is slow: a busy machine takes its time, and no test is about time. */
const limits = {
  testTimeout: 600_000,
  hookTimeout: 600_000,
  expect: { poll: { timeout: 120_000 } },
}

/** Two kinds of tests: in Node, and of the built page in a real browser. */
const projects = [
  {
    test: {
      name: 'unit',
      include: ['tests/**/*.test.{ts,tsx}'],
      exclude: ['tests/browser/**'],
      // A worker loads modules once for all its files.
      isolate: false,
      ...limits,
    },
  },
  {
    test: {
      name: 'page',
      include: ['tests/browser/**/*.test.ts'],
      globalSetup: 'tests/browser/setup.ts',
      // A worker starts one browser for all its files.
      isolate: false,
      // After the others, which would slow the browser down.
      sequence: { groupOrder: 1 },
      ...limits,
    },
  },
]

const page: UserConfig = {
  // Relative, so that the built page works from any folder of any host.
  base: './',
  plugins: [
    react(),
    formulas(),
    finishedPage(process.env['HF_ENDPOINT'] ?? 'https://huggingface.co'),
  ],
  // One small style sheet: the built HTML shows what later parts of the script take over.
  build: {
    outDir: 'dist/page',
    cssCodeSplit: false,
    // Every browser that runs the page knows how to preload.
    modulePreload: { polyfill: false },
    // Two files: what runs at once, and what starts the page. One file compresses better than many small ones.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'main', tags: ['$initial'], priority: 1 },
            { name: 'first', test: /src\/app\/start\.tsx$/ },
            // Each with what it alone needs: every further file is one more that the first view waits for.
            {
              name: 'view',
              test: /src\/app\/(verdict\/verdict|results\/beside-model|import\/report)\.tsx$/,
            },
            { name: 'link', test: /src\/app\/state\/read-url\.ts$/ },
            {
              name: 'settings',
              test: /src\/app\/settings\/(panel|workload|conventions)\.tsx$/,
            },
            { name: 'charts', test: /src\/app\/charts\/(chart-tabs|architecture\/drawing)\.tsx$/ },
          ],
        },
      },
    },
  },
  preview: { port: 4173 },
  // Both cores of a small machine work; left alone, one would only watch.
  test: { projects, maxWorkers: '100%' },
}

/** What checks a document: the catalogue's were checked when it was built, and are not to wait for it. */
const checks = /[\\/](zod[\\/].*|architecture[\\/](check|schema)\.ts|engine[\\/]index\.ts)$/

/** What runs in Node: everything in one small file starts faster than a tree of packages is resolved. */
const program = (name: string, entry: string, outDir: string): UserConfig => ({
  plugins: [executable(`${outDir}/${name}.js`)],
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir,
    target: 'node20.19',
    minify: true,
    rolldownOptions: {
      input: { [name]: entry },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        // Each file more is found, read and linked by itself: what starts, and what most commands load, is one file each.
        // The entry stands alone: it waits for a command, which must not wait for it.
        codeSplitting: {
          groups: [
            { name: 'start', tags: ['$initial'], test: (id) => !id.endsWith(entry), priority: 1 },
            {
              name: 'common',
              minShareCount: 17,
              maxModuleSize: 40_000,
              test: (id) => !checks.test(id),
            },
            { name: 'check', test: checks },
          ],
        },
      },
    },
  },
})

/** What other programs import, in Node and in browsers: everything it needs is in it. */
const library: UserConfig = {
  plugins: [declarations('dist/library/types')],
  publicDir: false,
  build: {
    outDir: 'dist/library',
    target: 'es2023',
    minify: false,
    lib: {
      entry: ['index', 'import', 'ask'].map((name) => `src/library/${name}.ts`),
      formats: ['es'],
    },
    rolldownOptions: {
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
}

export default defineConfig(({ isSsrBuild, mode }) => {
  if (mode === 'library') return library
  if (!isSsrBuild) return page
  if (mode === 'bench-ask') return program('ask', 'tests/bench/ask.ts', 'dist/bench-ask')
  if (mode === 'bench') return program('evaluate', 'tests/bench/evaluate.ts', 'dist/bench')
  return program('archcost', 'src/cli/main.ts', 'dist/cli')
})

/** In development, compiles formulas and dictionary again when a file of theirs is saved, and shows what is wrong. */
function formulas(): Plugin {
  return {
    name: 'formulas',
    apply: 'serve',
    configureServer(server) {
      const compile = (room: string) =>
        new Promise<void>((resolve) => {
          const compiler = spawn(process.execPath, ['--import', 'tsx', `src/${room}/write.ts`])
          let said = ''
          compiler.stderr.on('data', (text: Buffer) => (said += text.toString()))
          compiler.on('close', (status) => {
            if (status !== 0) server.ws.send({ type: 'error', err: { message: said, stack: '' } })
            resolve()
          })
        })
      // One at a time, and once for all files that were saved meanwhile.
      const waiting = new Set<string>()
      let last = Promise.resolve()
      server.watcher.on('all', (_event, file) => {
        if (!/[\\/]formulas[\\/].*\.yaml$/.test(file)) return
        const room = /[\\/]dictionary[\\/]/.test(file) ? 'dictionary' : 'formulas'
        if (waiting.has(room)) return
        waiting.add(room)
        last = last.then(() => {
          waiting.delete(room)
          return compile(room)
        })
      })
    },
  }
}

function executable(file: string): Plugin {
  return {
    name: 'executable',
    writeBundle: () => chmodSync(file, 0o755),
  }
}
