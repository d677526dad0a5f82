/** The HTML of a file of its own: the page's, with another head and other numbers in the place of its own. */
import type { BuiltFile } from './files.tsx'

/** @param page the built index.html */
export function htmlOfFile(page: string, { title, description, html }: BuiltFile): string {
  const brief = attribute(
    description.length > longest ? `${description.slice(0, longest)}…` : description,
  )
  const head = [
    `<meta name="description" content="${brief}" />`,
    `<meta property="og:title" content="${attribute(title)}" />`,
    `<meta property="og:description" content="${brief}" />`,
    '<meta property="og:type" content="website" />',
  ]
  return page
    .replace(/<meta\s+name="description"[^>]*>/, () => head.join('\n    '))
    .replace(/<title>[^<]*<\/title>/, () => `<title>${attribute(title)}</title>`)
    .replace(
      /<div id="root">[\s\S]*<\/div>\s*<script type="application\/json"[\s\S]*?<\/script>/,
      () => `<div id="root">${html}</div>`,
    )
}

/** Letters of a description; those who show it cut it off as well. */
const longest = 300

const attribute = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
