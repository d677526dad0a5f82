/** What the built page has beyond its bundle: HTML with the first numbers, files of their own for models and terms, a content policy, a service worker. */
import { createServer, type Plugin, type Rolldown } from 'vite'
import type { BuiltFile } from './files.tsx'
import { htmlOfFile } from './html-of-file.ts'
import { contentPolicy } from './policy.ts'
import type { Prerendered } from './prerender.tsx'
import { serviceWorker } from './service-worker.ts'

/** @param hub where configs are fetched from when a visitor names one */
export function finishedPage(hub: string): Plugin {
  let files: readonly BuiltFile[] = []
  return {
    name: 'finished-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle = {} }) {
        const { html: inside, model, ...more } = await prerendered()
        files = more.files
        const data = JSON.stringify(model).replaceAll('<', '\\u003c')
        const styles = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, text]) => text!)
        const policy = await contentPolicy(hub, styles)
        // Of a link to other models nothing built is laid out: the script that takes it away runs before.
        const first = html.replace(
          '<script type="module"',
          '<script type="module" blocking="render"',
        )
        return first
          .replace(
            '<meta charset="utf-8" />',
            (charset) =>
              `${charset}\n    <meta name="hub" content="${hub}" />\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
          )
          .replace('</head>', () => `${preloads(html, bundle)}</head>`)
          .replace(
            '<div id="root"></div>',
            () =>
              `<div id="root">${inside}</div>\n    <script type="application/json" id="first-model">${data}</script>`,
          )
      },
    },
    generateBundle: {
      // When the page itself is among the files.
      order: 'post',
      async handler(_options, bundle) {
        const names = Object.keys(bundle).filter((file) => !file.endsWith('.html'))
        const source = serviceWorker(names.toSorted(), await versionOf(names))
        this.emitFile({ type: 'asset', fileName: 'service-worker.js', source })
        const page = bundle['index.html']
        if (page?.type !== 'asset') this.error('the page is not among the files of the build')
        for (const file of files)
          this.emitFile({
            type: 'asset',
            fileName: file.name,
            source: htmlOfFile(String(page.source), file),
          })
      },
    },
  }
}

/** What starts the page is fetched beside what shows it, and not after it. */
function preloads(html: string, bundle: Rolldown.OutputBundle): string {
  const first = Object.values(bundle).find((file) => file.type === 'chunk' && file.name === 'first')
  if (first?.type !== 'chunk') throw new Error('the build has no file that starts the page')
  const files = [first.fileName, ...first.imports.filter((file) => !html.includes(file))]
  return files
    .map((file) => `  <link rel="modulepreload" crossorigin href="./${file}" />\n  `)
    .join('')
}

/** The page's own modules, run here as they would be in a browser. */
async function prerendered(): Promise<Prerendered & { files: readonly BuiltFile[] }> {
  const server = await createServer({
    server: { middlewareMode: true, ws: false, watch: null },
    appType: 'custom',
    logLevel: 'error',
    mode: 'production',
  })
  const run = async (file: string, name: string): Promise<unknown> => {
    const module = await server.ssrLoadModule(file)
    return (module[name] as () => Promise<unknown>)()
  }
  try {
    const first = (await run('/src/app/build/prerender.tsx', 'prerender')) as Prerendered
    const files = (await run('/src/app/build/files.tsx', 'builtFiles')) as readonly BuiltFile[]
    return { ...first, files }
  } finally {
    await server.close()
  }
}

/** Names carry the hash of their content, so the names are enough. */
async function versionOf(files: readonly string[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(files.join()))
  return Array.from(new Uint8Array(digest).slice(0, 8), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
