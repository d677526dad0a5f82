/** What the built page has beyond its bundle: HTML with the first numbers, a content policy, a service worker. */
import { createServer, type Plugin } from 'vite'
import { contentPolicy } from './policy.ts'
import type { Prerendered } from './prerender.tsx'
import { serviceWorker } from './service-worker.ts'

/** @param hub where configs are fetched from when a visitor names one */
export function finishedPage(hub: string): Plugin {
  return {
    name: 'finished-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      async handler(html) {
        const { html: inside, model } = await prerendered()
        const data = JSON.stringify(model).replaceAll('<', '\\u003c')
        const styles = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, text]) => text!)
        const policy = await contentPolicy(hub, styles)
        return html
          .replace(
            '<meta charset="utf-8" />',
            (charset) =>
              `${charset}\n    <meta name="hub" content="${hub}" />\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
          )
          .replace(
            '<div id="root"></div>',
            () =>
              `<div id="root">${inside}</div>\n    <script type="application/json" id="first-model">${data}</script>`,
          )
      },
    },
    async generateBundle(_options, bundle) {
      const files = Object.keys(bundle).filter((file) => !file.endsWith('.html'))
      const source = serviceWorker(files.toSorted(), await versionOf(files))
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source })
    },
  }
}

/** The page's own modules, run here as they would be in a browser. */
async function prerendered(): Promise<Prerendered> {
  const server = await createServer({
    server: { middlewareMode: true, ws: false, watch: null },
    appType: 'custom',
    logLevel: 'error',
    mode: 'production',
  })
  try {
    const module = await server.ssrLoadModule('/src/app/build/prerender.tsx')
    return await (module['prerender'] as () => Promise<Prerendered>)()
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
