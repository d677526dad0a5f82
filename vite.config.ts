/** Builds the page (`vite build`) and the command line (`vite build --ssr`), and serves the page. */
import { spawn } from 'node:child_process'
import { chmodSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type UserConfig } from 'vite'

const page: UserConfig = {
  // Relative, so that the built page works from any folder of any host.
  base: './',
  plugins: [react(), formulas()],
  build: { outDir: 'dist/page' },
  preview: { port: 4173 },
}

const commandLine: UserConfig = {
  plugins: [executable('dist/cli/archcost.js')],
  publicDir: false,
  // Everything is bundled: one small file starts faster than a tree of packages is resolved.
  ssr: { noExternal: true },
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'dist/cli',
    target: 'node20.19',
    rolldownOptions: {
      output: { entryFileNames: 'archcost.js', chunkFileNames: '[name]-[hash].js' },
    },
  },
}

export default defineConfig(({ isSsrBuild }) => (isSsrBuild ? commandLine : page))

/** In development, compiles the formulas again when one is saved, and shows what is wrong with them. */
function formulas(): Plugin {
  return {
    name: 'formulas',
    apply: 'serve',
    configureServer(server) {
      server.watcher.on('all', (_event, file) => {
        if (!/[\\/]formulas[\\/].*\.yaml$/.test(file)) return
        const compiler = spawn(process.execPath, ['--import', 'tsx', 'src/formulas/write.ts'])
        let said = ''
        compiler.stderr.on('data', (text: Buffer) => (said += text.toString()))
        compiler.on('close', (status) => {
          if (status === 0) return
          server.ws.send({ type: 'error', err: { message: said, stack: '' } })
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
